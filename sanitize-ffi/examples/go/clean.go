// Cleans one file into another and prints the report:
//
//	go build && ./clean plan.docm plan.docx
//	./clean mail.eml clean.eml mail-with-the-password.eml
//
// What the third file, an earlier mail, gives as passwords is tried on what is encrypted in the first one.
// Ends with 0 where there is a new file, with 1 where the input was rejected, with 2 where something failed.
package main

/*
#cgo pkg-config: sanitize
#include <stdlib.h>
#include <sanitize.h>

// What an exported function of Go looks like from C, without the const of the header.
int32_t takePassword(void *context, uint8_t *bytes, size_t length);

static sanitize_status passwordsOf(const uint8_t *mail, size_t length, uintptr_t found) {
	return sanitize_mail_passwords(mail, length, (sanitize_write_callback)takePassword, (void *)found);
}
*/
import "C"

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/cgo"
	"unsafe"
)

// Sanitizer is one engine; any number of goroutines may use it at a time.
type Sanitizer struct{ engine *C.sanitize_engine }

// fail is the error of the call before it. The last error belongs to a thread, which the caller has locked.
func fail(status C.sanitize_status) error {
	meaning := C.GoString(C.sanitize_status_text(C.int32_t(status)))
	return fmt.Errorf("%s: %s", meaning, C.GoString(C.sanitize_last_error()))
}

// NewSanitizer makes an engine with a preset and limits.
func NewSanitizer(preset string, limits map[string]uint64) (*Sanitizer, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if C.sanitize_abi_version() != C.SANITIZE_ABI_VERSION {
		return nil, fmt.Errorf("libsanitize has another interface than this program was built for")
	}
	builder := C.sanitize_builder_new()
	defer C.sanitize_builder_free(builder)
	word := C.CString(preset)
	defer C.free(unsafe.Pointer(word))
	if status := C.sanitize_builder_preset(builder, word); status != C.SANITIZE_STATUS_OK {
		return nil, fail(status)
	}
	for name, value := range limits {
		word := C.CString(name)
		status := C.sanitize_builder_limit(builder, word, C.uint64_t(value))
		C.free(unsafe.Pointer(word))
		if status != C.SANITIZE_STATUS_OK {
			return nil, fail(status)
		}
	}
	sanitizer := new(Sanitizer)
	if status := C.sanitize_builder_build(builder, &sanitizer.engine); status != C.SANITIZE_STATUS_OK {
		return nil, fail(status)
	}
	return sanitizer, nil
}

// Close frees the engine.
func (sanitizer *Sanitizer) Close() { C.sanitize_engine_free(sanitizer.engine) }

// first is where bytes begin; nil where there are none.
func first(content []byte) *C.uint8_t {
	if len(content) == 0 {
		return nil
	}
	return (*C.uint8_t)(unsafe.Pointer(&content[0]))
}

//export takePassword
func takePassword(context unsafe.Pointer, bytes *C.uint8_t, length C.size_t) C.int32_t {
	found := cgo.Handle(uintptr(context)).Value().(*[][]byte)
	*found = append(*found, C.GoBytes(unsafe.Pointer(bytes), C.int(length)))
	return 0
}

// MailPasswords returns what the texts of a mail give as passwords, for encrypted files in a mail that comes later.
func MailPasswords(mail []byte) ([][]byte, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var found [][]byte
	handle := cgo.NewHandle(&found)
	defer handle.Delete()
	if status := C.passwordsOf(first(mail), C.size_t(len(mail)), C.uintptr_t(handle)); status != C.SANITIZE_STATUS_OK {
		return nil, fail(status)
	}
	return found, nil
}

// Clean returns the new file, or nil where the input was rejected, and the report as JSON. The passwords are tried on
// what is encrypted.
func (sanitizer *Sanitizer) Clean(content []byte, name string, passwords ...[]byte) ([]byte, string, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	options := C.sanitize_options_new()
	defer C.sanitize_options_free(options)
	for _, password := range passwords {
		if status := C.sanitize_options_password(options, first(password), C.size_t(len(password))); status != C.SANITIZE_STATUS_OK {
			return nil, "", fail(status)
		}
	}
	word := C.CString(name)
	defer C.free(unsafe.Pointer(word))
	var outcome *C.sanitize_outcome
	status := C.sanitize_buffer(sanitizer.engine, first(content), C.size_t(len(content)), word, options, &outcome)
	if status != C.SANITIZE_STATUS_OK && status != C.SANITIZE_STATUS_REJECTED {
		return nil, "", fail(status)
	}
	defer C.sanitize_outcome_free(outcome)
	report := C.GoString(C.sanitize_outcome_report_json(outcome))
	if status == C.SANITIZE_STATUS_REJECTED {
		return nil, report, nil
	}
	var length C.size_t
	bytes := C.sanitize_outcome_bytes(outcome, &length)
	output := make([]byte, int(length))
	copy(output, unsafe.Slice((*byte)(unsafe.Pointer(bytes)), int(length)))
	return output, report, nil
}

func clean(input, output string, earlier []string) (int, error) {
	content, err := os.ReadFile(input)
	if err != nil {
		return 2, err
	}
	sanitizer, err := NewSanitizer("default", map[string]uint64{"timeout-ms": 30000})
	if err != nil {
		return 2, err
	}
	defer sanitizer.Close()
	var passwords [][]byte
	for _, path := range earlier {
		mail, err := os.ReadFile(path)
		if err != nil {
			return 2, err
		}
		found, err := MailPasswords(mail)
		if err != nil {
			return 2, err
		}
		passwords = append(passwords, found...)
	}
	cleaned, report, err := sanitizer.Clean(content, filepath.Base(input), passwords...)
	if err != nil {
		return 2, err
	}
	fmt.Println(report)
	if cleaned == nil {
		return 1, nil
	}
	// What fails while it is written is no file: it gets its name when it is whole.
	if err := os.WriteFile(output+".part", cleaned, 0o666); err != nil {
		return 2, err
	}
	if err := os.Rename(output+".part", output); err != nil {
		return 2, err
	}
	return 0, nil
}

func main() {
	if len(os.Args) != 3 && len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: clean INPUT OUTPUT [EARLIER-MAIL]")
		os.Exit(2)
	}
	code, err := clean(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}
