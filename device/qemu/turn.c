/* A turn is known by its stack, as an operation is. One that a panic ended never returns: it makes room when it is the oldest. */
#include "turn.h"
#include "operation.h"
#include "output.h"
#include <stdio.h>

enum { MOST_TURNS = 64, LONGEST_NAME = 32 };

struct running_turn {
	const struct program *program;
	uint64_t slide, stack, caller;
	unsigned int instance;
	bool coded;
	char name[LONGEST_NAME];
};

static struct running_turn turns[MOST_TURNS];
static unsigned int next;

static struct running_turn *turn_on(const struct program *program, uint64_t slide, uint64_t stack)
{
	unsigned int n;

	for (n = 0; n < MOST_TURNS; n++)
		if (turns[n].program == program && turns[n].slide == slide && turns[n].stack == stack)
			return &turns[n];
	return NULL;
}

void turn_begins(const struct registers *regs, const struct program *program, const struct turn *turn, uint64_t slide)
{
	uint64_t stack = register_value(regs, SP);
	unsigned int instance = operation_instance(program, slide);
	struct running_turn *t = turn_on(program, slide, stack);

	/* Without a heap of its own there is nothing that it could be shown with. */
	if (!instance)
		return;
	if (!t)
		t = &turns[next++ % MOST_TURNS];
	*t = (struct running_turn){ program, slide, stack, register_value(regs, LR), instance, turn->coded, "" };
	if (turn->command < 0)
		snprintf(t->name, sizeof(t->name), "%s", turn->name);
	else
		snprintf(t->name, sizeof(t->name), "%s %u", turn->name,
			 (unsigned int)register_value(regs, (unsigned int)turn->command));
	output_turn(true, program->heap, instance, t->name, 0);
}

void turn_returns(const struct registers *regs, const struct program *program, uint64_t slide)
{
	struct running_turn *t = turn_on(program, slide, register_value(regs, SP));

	if (!t || t->caller != register_value(regs, PC))
		return;
	output_turn(false, program->heap, t->instance, t->name, t->coded ? (uint32_t)register_value(regs, 0) : 0);
	t->program = NULL;
}
