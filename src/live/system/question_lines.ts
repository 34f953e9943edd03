// What the core prints on its console about our own questions: it would hide everything else.

/** Functions of the core that print when a session of the statistics TA is opened, asked and closed, 4.0 to 4.10. */
const FUNCTIONS = [
  "get_alloc_stats:",
  "tee_ta_init_session_with_context:",
  "tee_ta_init_pseudo_ta_session:",
  "tee_ta_close_session:",
];
/** Milliseconds after an answer in which a serial line may still bring what belongs to it. */
const LATE = 200;

/** Tells lines of our own questions from others. */
interface QuestionLines {
  asked(): void;
  answered(): void;
  /** True for a line that comes because of a question: such lines of others at the same moment are taken for ours. */
  isOurs(text: string): boolean;
}

export function createQuestionLines(clock: () => number): QuestionLines {
  let asking = 0;
  let last = Number.NEGATIVE_INFINITY;
  return {
    asked() {
      asking++;
    },
    answered() {
      asking--;
      last = clock();
    },
    isOurs: (text) =>
      (asking > 0 || clock() - last < LATE) && text.includes("/TC:") && FUNCTIONS.some((name) => text.includes(name)),
  };
}
