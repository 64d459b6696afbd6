package fault

import "strconv"

// Place is a position in a walk through a request or a reply. It never points into itself, so
// walkers that hold one stay on the stack.
type Place struct {
	near  [6]step
	far   []step // steps deeper than near can hold
	depth int
}

type step struct {
	name  string
	index int // -1 if the step is no element of a list
}

// Enter steps into the member called name or, unless index is -1, into that element of it.
func (p *Place) Enter(name string, index int) {
	if p.depth < len(p.near) {
		p.near[p.depth] = step{name, index}
	} else {
		p.far = append(p.far[:p.depth-len(p.near)], step{name, index})
	}
	p.depth++
}

// Leave takes the last step back.
func (p *Place) Leave() { p.depth-- }

// Of returns the path of a field, as "amount.total" or "list[2].name".
func (p *Place) Of(name string, index int) string {
	return string(appendStep(p.path(), name, index))
}

// String returns the path of the place itself.
func (p *Place) String() string { return string(p.path()) }

// IsRoot reports whether the walk is at its root.
func (p *Place) IsRoot() bool { return p.depth == 0 }

func (p *Place) path() (b []byte) {
	for i := range p.depth {
		s := p.at(i)
		b = appendStep(b, s.name, s.index)
	}
	return b
}

func (p *Place) at(i int) step {
	if i < len(p.near) {
		return p.near[i]
	}
	return p.far[i-len(p.near)]
}

func appendStep(b []byte, name string, index int) []byte {
	if len(b) > 0 && name != "" {
		b = append(b, '.')
	}
	b = append(b, name...)
	if index >= 0 {
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(index), 10)
		b = append(b, ']')
	}
	return b
}
