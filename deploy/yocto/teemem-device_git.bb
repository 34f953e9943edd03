SUMMARY = "teemem's parts for a board with OP-TEE"
DESCRIPTION = "A library for LD_PRELOAD that samples right after each call into a TA, a client that fetches the events of TAs with teemem's object, and the sources of that object."
LICENSE = "BSD-2-Clause"
LIC_FILES_CHKSUM = "file://LICENSE;md5=b5d69bbaa2e4a9f9adb224567c73a4cb"

# Where teemem is cloned from, as git://HOST/PATH;protocol=https;branch=main: set it in local.conf.
TEEMEM_GIT ?= ""
SRC_URI = "${TEEMEM_GIT}"
SRCREV ?= "${AUTOREV}"
S = "${WORKDIR}/git"
B = "${WORKDIR}/build"

EXTRA_OEMAKE = "-C ${S}/device O=${B} STATIC="

do_compile() {
	oe_runmake all
}

do_install() {
	oe_runmake install install-dev DESTDIR=${D} bindir=${bindir} libdir=${libdir} datadir=${datadir}
}

# The library has no version in its name, and the sources of the object are for those who build TAs.
FILES_SOLIBSDEV = ""
FILES:${PN} += "${libdir}/libteemem_preload.so"
FILES:${PN}-dev += "${datadir}/teemem"
