package fault

import (
	"errors"
	"io/fs"
	"os"
)

// Cause is the reason for a failed file operation, without operation and path. The caller names
// those better.
func Cause(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return Cause(e.Err)
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return Cause(e.Err)
	}
	if e, ok := errors.AsType[*os.SyscallError](err); ok {
		return Cause(e.Err)
	}
	return err
}
