"""Cleans one file into another and prints the report, with nothing but Python's own ctypes:

    python3 clean.py plan.docm plan.docx
    python3 clean.py mail.eml clean.eml mail-with-the-password.eml

What the third file, an earlier mail, gives as passwords is tried on what is encrypted in the first one.

LIBSANITIZE names the library where it is not installed. Ends with 0 where there is a new file, with 1 where the
input was rejected, with 2 where something failed.
"""

import ctypes
import os
import sys
from ctypes import CFUNCTYPE, POINTER, byref, c_char_p, c_int32, c_size_t, c_uint32, c_uint64, c_void_p

OK, REJECTED = 0, 1
ABI_VERSION = 1
WRITE = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_size_t)


class Error(Exception):
    """A call failed."""


class Sanitizer:
    """One engine; any number of threads may use it at a time."""

    def __init__(self, library=None, preset="default", limits=None):
        self._library = lib = ctypes.CDLL(library or "libsanitize.so.1")
        for name, result, arguments in [
            ("abi_version", c_uint32, []),
            ("status_text", c_char_p, [c_int32]),
            ("last_error", c_char_p, []),
            ("builder_new", c_void_p, []),
            ("builder_preset", c_int32, [c_void_p, c_char_p]),
            ("builder_limit", c_int32, [c_void_p, c_char_p, c_uint64]),
            ("builder_build", c_int32, [c_void_p, POINTER(c_void_p)]),
            ("builder_free", c_int32, [c_void_p]),
            ("engine_free", c_int32, [c_void_p]),
            ("options_new", c_void_p, []),
            ("options_password", c_int32, [c_void_p, c_char_p, c_size_t]),
            ("options_free", c_int32, [c_void_p]),
            ("mail_passwords", c_int32, [c_char_p, c_size_t, WRITE, c_void_p]),
            ("buffer", c_int32, [c_void_p, c_char_p, c_size_t, c_char_p, c_void_p, POINTER(c_void_p)]),
            ("outcome_bytes", c_void_p, [c_void_p, POINTER(c_size_t)]),
            ("outcome_report_json", c_char_p, [c_void_p]),
            ("outcome_free", c_int32, [c_void_p]),
        ]:
            function = getattr(lib, "sanitize_" + name)
            function.restype, function.argtypes = result, arguments
        if lib.sanitize_abi_version() != ABI_VERSION:
            raise Error("libsanitize has another interface than this program knows")
        self._engine = c_void_p()
        builder = lib.sanitize_builder_new()
        try:
            self._check(lib.sanitize_builder_preset(builder, preset.encode()))
            for name, value in (limits or {}).items():
                self._check(lib.sanitize_builder_limit(builder, name.encode(), value))
            self._check(lib.sanitize_builder_build(builder, byref(self._engine)))
        finally:
            lib.sanitize_builder_free(builder)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._library.sanitize_engine_free(self._engine)
        self._engine = c_void_p()

    def mail_passwords(self, mail):
        """The passwords that the texts of a mail give, for encrypted files in a mail that comes later."""
        found = []

        def take(_, password, length):
            found.append(ctypes.string_at(password, length))
            return 0

        self._check(self._library.sanitize_mail_passwords(mail, len(mail), WRITE(take), None))
        return found

    def clean(self, content, name, passwords=()):
        """The new file, or None where the input was rejected; and the report as JSON."""
        lib = self._library
        outcome, length = c_void_p(), c_size_t()
        options = lib.sanitize_options_new()
        try:
            for password in passwords:
                self._check(lib.sanitize_options_password(options, password, len(password)))
            status = lib.sanitize_buffer(self._engine, content, len(content), name.encode(), options, byref(outcome))
        finally:
            lib.sanitize_options_free(options)
        if status not in (OK, REJECTED):
            self._check(status)
        try:
            start = lib.sanitize_outcome_bytes(outcome, byref(length))
            output = ctypes.string_at(start, length.value) if status == OK else None
            return output, lib.sanitize_outcome_report_json(outcome).decode()
        finally:
            lib.sanitize_outcome_free(outcome)

    def _check(self, status):
        if status != OK:
            meaning = self._library.sanitize_status_text(status).decode()
            raise Error(f"{meaning}: {self._library.sanitize_last_error().decode()}")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: clean.py INPUT OUTPUT [EARLIER-MAIL]")
    source, target, *earlier = sys.argv[1:]
    with open(source, "rb") as file:
        content = file.read()
    with Sanitizer(os.environ.get("LIBSANITIZE"), limits={"timeout-ms": 30_000}) as sanitizer:
        passwords = []
        for path in earlier:
            with open(path, "rb") as file:
                passwords += sanitizer.mail_passwords(file.read())
        output, report = sanitizer.clean(content, os.path.basename(source), passwords)
    print(report)
    if output is None:
        return 1
    # What fails while it is written is no file: it gets its name when it is whole.
    with open(target + ".part", "wb") as file:
        file.write(output)
    os.rename(target + ".part", target)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Error, OSError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
