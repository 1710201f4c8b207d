// Cleans one file into another and prints the report:
//
//	go build && ./clean plan.docm plan.docx
//
// Ends with 0 where there is a new file, with 1 where the input was rejected, with 2 where something failed.
package main

/*
#cgo pkg-config: sanitize
#include <stdlib.h>
#include <sanitize.h>
*/
import "C"

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
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

// Clean returns the new file, or nil where the input was rejected, and the report as JSON.
func (sanitizer *Sanitizer) Clean(content []byte, name string) ([]byte, string, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	word := C.CString(name)
	defer C.free(unsafe.Pointer(word))
	var start *C.uint8_t
	if len(content) > 0 {
		start = (*C.uint8_t)(unsafe.Pointer(&content[0]))
	}
	var outcome *C.sanitize_outcome
	status := C.sanitize_buffer(sanitizer.engine, start, C.size_t(len(content)), word, nil, &outcome)
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

func clean(input, output string) (int, error) {
	content, err := os.ReadFile(input)
	if err != nil {
		return 2, err
	}
	sanitizer, err := NewSanitizer("default", map[string]uint64{"timeout-ms": 30000})
	if err != nil {
		return 2, err
	}
	defer sanitizer.Close()
	cleaned, report, err := sanitizer.Clean(content, filepath.Base(input))
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
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: clean INPUT OUTPUT")
		os.Exit(2)
	}
	code, err := clean(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}
