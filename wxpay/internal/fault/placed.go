package fault

import "errors"

var (
	// ErrNotUTF8 is the error of text that is not UTF-8, which WeChat Pay would read as another
	// text.
	ErrNotUTF8 = errors.New("text that is not UTF-8; convert it first")
	// ErrUnsealed is the error of a Secret in clear text that is about to be sent.
	ErrUnsealed = errors.New("a Secret that is not sealed must not be encoded")
)

// Placed is an error at a place within a value that is written.
type Placed struct {
	Path string
	err  error
}

// Below adds an element or a member to the place of err. Index is -1 for a member.
func Below(name string, index int, err error) error {
	placed, ok := err.(*Placed)
	if !ok {
		placed = &Placed{err: err}
	}
	placed.Path = Join(string(appendStep(nil, name, index)), placed.Path)
	return placed
}

// Error names place and problem.
func (e *Placed) Error() string { return e.Path + ": " + e.err.Error() }

// Unwrap returns the error without its place.
func (e *Placed) Unwrap() error { return e.err }

// maxPath bounds a path in an error.
const maxPath = 512

// Join appends the path below to a path, and cuts it off if it is too long for a message.
func Join(path, below string) string {
	if path != "" && below != "" && below[0] != '[' {
		path += "."
	}
	if path += below; len(path) > maxPath {
		return path[:maxPath] + "…"
	}
	return path
}
