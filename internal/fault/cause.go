package fault

import (
	"errors"
	"io/fs"
	"os"
)

// Cause is the reason for a failed file operation, without the operation and the path that the
// caller names better.
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
