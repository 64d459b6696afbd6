package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/wxgen/wxgen/internal/model"
)

// A walker prints the statements of a method that visits the fields of a value. Its receiver is
// called r.
type walker struct {
	inline bool // need is a local variable here, not a parameter
	copies bool // slices, maps and objects belong to the caller: copy them before a change
	code   []jen.Code
	depth  int
}

func (w *walker) add(code ...jen.Code) { w.code = append(w.code, code...) }

// sub prints into an inner block.
func (w *walker) sub(visit func(*walker)) []jen.Code {
	inner := *w
	inner.code = nil
	inner.depth++
	visit(&inner)
	return inner.code
}

// index is the loop variable of the current depth. Letters end before r, the receiver.
func (w *walker) index() string {
	if w.depth < 6 {
		return string(rune('i' + w.depth))
	}
	return "i" + strconv.Itoa(w.depth)
}

// deref dereferences a pointer where Go does not do so by itself.
func deref(at string, ref *model.TypeRef) string {
	if ref.Elements() != nil {
		return "(*" + at + ")"
	}
	return at
}

// enter prints a step into the field of this name on the wire.
func enter(walk, name string) jen.Code {
	return jen.Id(walk + ".Enter").Call(jen.Lit(name))
}

func leave(walk string) jen.Code { return jen.Id(walk + ".Leave()") }
