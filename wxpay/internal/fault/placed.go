package fault

import "errors"

var (
	// ErrNotUTF8 is the error of text that WeChat Pay would read as another text.
	ErrNotUTF8 = errors.New("text that is not UTF-8; convert it first")
	// ErrUnsealed is the error of a Secret that is still in clear text where it is to be sent.
	ErrUnsealed = errors.New("a Secret that is not sealed must not be encoded")
)

// Placed is an error somewhere within a value that is written.
type Placed struct {
	Path string
	err  error
}

// Below says that err, which an element or a member gave, lies below it. Index is -1 for a member.
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

// Unwrap returns what is wrong there.
func (e *Placed) Unwrap() error { return e.err }

// maxPath bounds a path in an error.
const maxPath = 512

// Join appends to a path what lies below it, and cuts it off if it is too long for a message.
func Join(path, below string) string {
	if path != "" && below != "" && below[0] != '[' {
		path += "."
	}
	if path += below; len(path) > maxPath {
		return path[:maxPath] + "…"
	}
	return path
}
