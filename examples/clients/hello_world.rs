// A client in Rust: libteec by its C interface. 'rustc -L lib hello_world.rs' with a libteec.so in lib, then
// 'teemem exec -- ./hello_world', or on a board as it is.
use std::ffi::c_void;
use std::ptr::null_mut;

const INCREMENT: u32 = 0;
const LOGIN_PUBLIC: u32 = 0;
const VALUE_INOUT: u32 = 3;

#[repr(C)]
struct Uuid(u32, u16, u16, [u8; 8]);

const HELLO_WORLD: Uuid = Uuid(0x8aaaf200, 0x2450, 0x11e4, [0xab, 0xe2, 0x00, 0x02, 0xa5, 0xd5, 0xc5, 0x1b]);

#[repr(C)]
#[derive(Clone, Copy)]
union Parameter {
    value: [u32; 2],
    memref: [usize; 3],
}

// What the library keeps at the end of a structure is its own: there is room for more than it takes.
#[repr(C)]
struct Operation {
    started: u32,
    types: u32,
    params: [Parameter; 4],
    own: [usize; 4],
}

#[link(name = "teec")]
extern "C" {
    fn TEEC_InitializeContext(name: *const c_void, context: *mut c_void) -> u32;
    fn TEEC_FinalizeContext(context: *mut c_void);
    fn TEEC_OpenSession(
        context: *mut c_void,
        session: *mut c_void,
        uuid: *const Uuid,
        method: u32,
        data: *const c_void,
        operation: *mut Operation,
        origin: *mut u32,
    ) -> u32;
    fn TEEC_CloseSession(session: *mut c_void);
    fn TEEC_InvokeCommand(session: *mut c_void, command: u32, operation: *mut Operation, origin: *mut u32) -> u32;
}

fn check(what: &str, code: u32) {
    if code != 0 {
        eprintln!("{what} failed with {code:#x}");
        std::process::exit(1);
    }
}

fn main() {
    let mut context = [0usize; 4];
    let mut session = [0usize; 4];
    let context = context.as_mut_ptr() as *mut c_void;
    let session = session.as_mut_ptr() as *mut c_void;
    let none = [Parameter { memref: [0; 3] }; 4];
    let mut operation = Operation { started: 0, types: VALUE_INOUT, params: none, own: [0; 4] };
    operation.params[0].value = [42, 0];
    // The pointers live as long as the calls that use them.
    unsafe {
        check("TEEC_InitializeContext", TEEC_InitializeContext(null_mut(), context));
        let opened =
            TEEC_OpenSession(context, session, &HELLO_WORLD, LOGIN_PUBLIC, null_mut(), null_mut(), null_mut());
        check("TEEC_OpenSession", opened);
        check("TEEC_InvokeCommand", TEEC_InvokeCommand(session, INCREMENT, &mut operation, null_mut()));
        println!("42 + 1 = {}", operation.params[0].value[0]);
        TEEC_CloseSession(session);
        TEEC_FinalizeContext(context);
    }
}
