#!/usr/bin/env python3
"""A client in Python: libteec by ctypes. Run it with 'teemem exec -- python3 hello_world.py', or on a board as it is."""
from ctypes import CDLL, Structure, Union, byref, c_size_t, c_ubyte, c_uint16, c_uint32, c_void_p
from uuid import UUID

HELLO_WORLD = UUID("8aaaf200-2450-11e4-abe2-0002a5d5c51b")
INCREMENT = 0
LOGIN_PUBLIC = 0
VALUE_INOUT = 3


class TeeUuid(Structure):
    _fields_ = [("low", c_uint32), ("mid", c_uint16), ("high", c_uint16), ("rest", c_ubyte * 8)]


class Value(Structure):
    _fields_ = [("a", c_uint32), ("b", c_uint32)]


class Memref(Structure):
    _fields_ = [("parent", c_void_p), ("size", c_size_t), ("offset", c_size_t)]


class Parameter(Union):
    _fields_ = [("value", Value), ("memref", Memref)]


# What the library keeps at the end of a structure is its own: there is room for more than it takes.
class Context(Structure):
    _fields_ = [("own", c_void_p * 4)]


class Session(Structure):
    _fields_ = [("own", c_void_p * 4)]


class Operation(Structure):
    _fields_ = [("started", c_uint32), ("types", c_uint32), ("params", Parameter * 4), ("own", c_void_p * 4)]


def check(what, code):
    code &= 0xFFFFFFFF
    if code:
        raise SystemExit(f"{what} failed with {code:#x}")


teec = CDLL("libteec.so.2")
context, session, operation = Context(), Session(), Operation()
check("TEEC_InitializeContext", teec.TEEC_InitializeContext(None, byref(context)))
uuid = TeeUuid(*HELLO_WORLD.fields[:3], (c_ubyte * 8)(*HELLO_WORLD.bytes[8:]))
opened = teec.TEEC_OpenSession(byref(context), byref(session), byref(uuid), LOGIN_PUBLIC, None, None, None)
check("TEEC_OpenSession", opened)

operation.types = VALUE_INOUT
operation.params[0].value.a = 42
check("TEEC_InvokeCommand", teec.TEEC_InvokeCommand(byref(session), INCREMENT, byref(operation), None))
print(f"42 + 1 = {operation.params[0].value.a}")

teec.TEEC_CloseSession(byref(session))
teec.TEEC_FinalizeContext(byref(context))
