package output

import (
	"cmp"
	"slices"
)

// Kind is the kind of a difference.
type Kind int

// The kinds of differences.
const (
	Changed Kind = iota // its content differs
	Missing             // it is missing
	Stale               // an earlier run wrote it, and this one does not
	Blocked             // something else is in its place
)

func (k Kind) String() string { return [...]string{"changed", "missing", "stale", "blocked"}[k] }

// Difference is one file that is not current.
type Difference struct {
	Path     string // relative to the output folder, with slashes
	Kind     Kind
	Old, New []byte // the present content (Changed), the wanted content (Changed, Missing)
	size     int64  // of the present file (Stale)
	Why      string // Blocked: the obstacle, and the mend
}

// Plan holds the differences between an output folder and the wanted files.
type Plan struct {
	Dir         string       // the output folder
	Total       int          // number of wanted files
	Differences []Difference // by path

	want map[string][]byte
}

// Count returns the number of differences of a kind.
func (p *Plan) Count(k Kind) int {
	n := 0
	for _, d := range p.Differences {
		if d.Kind == k {
			n++
		}
	}
	return n
}

// Losses returns the bytes of generated code in the folder, and the bytes to remove.
func (p *Plan) Losses() (lost, was int64) {
	for _, content := range p.want {
		was += int64(len(content))
	}
	for _, d := range p.Differences {
		switch d.Kind {
		case Stale:
			was += d.size
			lost += d.size
		case Changed:
			was += int64(len(d.Old) - len(d.New))
			lost += int64(max(0, len(d.Old)-len(d.New)))
		case Missing, Blocked:
			was -= int64(len(d.New))
		}
	}
	return lost, was
}

func (p *Plan) sort() {
	slices.SortFunc(p.Differences, func(a, b Difference) int { return cmp.Compare(a.Path, b.Path) })
}
