package wire

import "github.com/wxgen/wxgen/wxpay/internal/place"

// PlacedError is an error somewhere within a value that is written.
type PlacedError struct {
	Path string
	err  error
}

// Below says that err, which an element or a member gave, lies below it. Index is -1 for a member.
func Below(name string, index int, err error) error {
	placed, ok := err.(*PlacedError)
	if !ok {
		placed = &PlacedError{err: err}
	}
	placed.Path = clip(joinPath(string(place.AppendStep(nil, name, index)), placed.Path))
	return placed
}

// Error names place and problem.
func (e *PlacedError) Error() string { return e.Path + ": " + e.err.Error() }

// Unwrap returns what is wrong there.
func (e *PlacedError) Unwrap() error { return e.err }
