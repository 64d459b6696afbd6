package output

import (
	"cmp"
	"slices"
)

// Kind says how a file differs from what is wanted.
type Kind int

// The kinds of differences.
const (
	Changed Kind = iota // its content is another
	Missing             // it is not there
	Stale               // wxgen wrote it once, and does not any more
	Blocked             // something that wxgen did not write is in its place
)

func (k Kind) String() string { return [...]string{"changed", "missing", "stale", "blocked"}[k] }

// Difference is one file that is not as it should be.
type Difference struct {
	Path     string // relative to the output folder, with slashes
	Kind     Kind
	Old, New []byte // what is there (Changed), what is wanted (Changed, Missing)
	size     int64  // of what is there (Stale)
	Why      string // Blocked: what is in the way, and what to do
}

// Plan is what separates an output folder from the wanted files.
type Plan struct {
	Dir         string       // the output folder
	Total       int          // how many files are wanted
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

// Losses tells how many bytes of generated code there are, and how many of them would go.
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
