package page

import (
	"slices"

	"github.com/wxgen/wxgen/internal/known"
)

// A placer finds the objects of fields on a page that lost its indents. A field belongs to the
// innermost open object with a field of its name, in the description's own operation or in the
// sample. Fields of one object are adjacent, so an unknown field belongs to the object of the
// fields around it. For other fields the placer asks which objects of the same name elsewhere in
// the description have such a field. If that does not decide, the row gets a question.
type placer struct {
	known  *known.Description
	form   bool // of a multipart body: only its meta part has fields
	rows   []flat
	base   int // the indent of the outermost rows
	open   []*holder
	folded folding
}

// A holder is an object that the next row may belong to.
type holder struct {
	name   string
	sample *value          // its sample; nil if there is none
	object *known.Object   // the object in the description; nil if there is none
	used   map[string]bool // fields with a row
}

// folding says whether the objects of a page were folded when it was copied.
type folding int

const (
	foldingUnknown folding = iota
	allFolded
	allUnfolded
)

// place sets the indents of rows. Sample and object are those of the object around all of them.
func (p *placer) place(sample *value, object *known.Object) {
	p.open = []*holder{{sample: sample, object: object, used: map[string]bool{}}}
	if p.folded == foldingUnknown {
		p.folded = p.findFolding()
	}
	for i := range p.rows {
		p.placeRow(i)
	}
}

func (p *placer) placeRow(i int) {
	f := &p.rows[i]
	if f.table == outsideTables {
		p.open = p.open[:1]
	}
	owner, sure := p.owner(i)
	if !sure {
		f.doubtOwner("does it belong to " + p.open[len(p.open)-1].name + "?")
	}
	p.open = p.open[:owner+1]
	f.indent = p.base + owner
	h := p.open[owner]
	h.used[f.Name] = true
	p.push(f, h)
}

// push opens a row that may have fields.
func (p *placer) push(f *flat, h *holder) {
	inside := h.sample.field(f.Name)
	known := h.object.Field(f.Name)
	if f.Type == "string" && (known != nil && known.Encoded || inside.decoded() != nil &&
		known.Inside() != nil) {
		f.Encoded, inside = true, inside.decoded()
	}
	part := p.form && len(p.open) == 1
	if len(p.open) > deepest {
		return
	}
	if f.Type == "object" && !part || f.Encoded || part && f.Name == metaPart {
		p.open = append(p.open, &holder{name: f.Name, sample: inside, object: known.Inside(),
			used: map[string]bool{}})
	}
}

// deepest bounds the nesting of objects. Deeper ones are treated as siblings.
const deepest = 16

// metaPart is the part of an upload that is JSON.
const metaPart = "meta"

// owner returns the depth of the open object that row i belongs to, and whether that is certain.
func (p *placer) owner(i int) (depth int, sure bool) {
	f := p.rows[i]
	last := len(p.open) - 1
	if last == 0 {
		return 0, true
	}
	if at := p.owners(p.open, f.Name); at >= 0 {
		return at, true
	}
	lowest := 0
	if f.table == insideTable {
		lowest = 1
	}
	if p.form && p.open[1].name == metaPart && !f.fileLike {
		return last, true
	}
	if f.after && p.folded == allUnfolded {
		return last, true // the first row of an unfolded object
	}
	if f.after && p.folded == allFolded {
		return last - 1, true
	}
	if next := p.nextOwner(i); next >= 0 {
		lowest = max(lowest, next)
	}
	if lowest >= last {
		return last, true
	}
	return p.likeliest(f.Name, lowest)
}

// owners finds the innermost open object that has the field and no row for it yet; -1 if there is
// none. The description's own operation goes before the sample.
func (p *placer) owners(open []*holder, name string) int {
	for _, has := range []func(*holder) bool{
		func(h *holder) bool { return h.object.Field(name) != nil },
		func(h *holder) bool { return h.sample.field(name) != nil },
	} {
		for i, h := range slices.Backward(open) {
			if has(h) && !h.used[name] {
				return i
			}
		}
	}
	return -1
}

// nextOwner returns the owner of the next row with a certain owner; -1 if there is none.
func (p *placer) nextOwner(i int) int {
	const farthest = 100 // rows: every larger object has some known field
	for j := i + 1; j < min(len(p.rows), i+farthest); j++ {
		if p.rows[j].table == outsideTables && p.rows[i].table != outsideTables {
			return -1
		}
		if at := p.owners(p.open, p.rows[j].Name); at >= 0 {
			return at
		}
	}
	return -1
}

// likeliest chooses one of the open objects from lowest on, by the fields of objects of the same
// names elsewhere. An object has no two fields of one name.
func (p *placer) likeliest(name string, lowest int) (depth int, sure bool) {
	last := len(p.open) - 1
	for last > lowest && p.open[last].used[name] {
		last--
	}
	h := p.open[last]
	for depth := last; depth >= lowest; depth-- {
		if holds, _ := p.known.Holds(p.open[depth].name, name); holds && !p.open[depth].used[name] {
			return depth, depth > 0 || h.complete()
		}
	}
	if name == "currency" && h.used["total"] {
		return last, true
	}
	if _, known := p.known.Holds(h.name, name); h.complete() || known || h.exhausted() {
		return max(lowest, last-1), h.complete()
	}
	return last, false
}

// complete reports whether an object has the usual fields of an amount: total and currency.
func (h *holder) complete() bool {
	return h.used["total"] && h.used["currency"]
}

// exhausted reports whether every field in an object's sample has a row.
func (h *holder) exhausted() bool {
	if h.sample == nil || len(h.used) == 0 {
		return false
	}
	return !slices.ContainsFunc(h.sample.names(), func(name string) bool { return !h.used[name] })
}

// findFolding looks at the first row below an object: the objects were unfolded if the sample has
// that field inside the object.
func (p *placer) findFolding() folding {
	root := p.open[0]
	for i, f := range p.rows {
		if !f.after || i == 0 {
			continue
		}
		inside := root.sample.find(p.rows[i-1].Name)
		if inside == nil {
			continue
		}
		if inside.field(f.Name) != nil {
			return allUnfolded
		}
		return allFolded
	}
	if len(p.rows) > 0 && p.rows[len(p.rows)-1].opens {
		return allFolded
	}
	return foldingUnknown
}
