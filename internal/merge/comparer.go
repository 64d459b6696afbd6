package merge

import (
	"cmp"
	"fmt"

	yaml "go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/layout"
)

// comparer compares one operation of a page with the description.
type comparer struct {
	*merger
	unit *unit
	op   *operation
	side bool  // in the response
	body found // the whole value under comparison
}

// contradict reports that page and description disagree.
func (c *comparer) contradict(d *doc, n *yaml.Node, line int, here, there string) {
	if d.src == nil { // it was just written, from another page
		c.fault(c.op.page.File, line, 0, here+" on a page that was read before, "+there+
			" on this one", "make the pages agree")
		return
	}
	c.disagree(d, n, line, here+", but "+there+" on the page",
		"edit the description, or overrule the page in corrections.tsv")
}

// disagree records a contradiction, unless it is known.
func (c *comparer) disagree(d *doc, n *yaml.Node, line int, what, mend string) {
	c.note(d, n, line, what, mend, false)
}

// calls records that the page has another name for something, unless that is known.
func (c *comparer) calls(d *doc, n *yaml.Node, line int, what string) {
	c.note(d, n, line, what, "take the new one over, or keep yours with --accept", true)
}

func (c *comparer) note(d *doc, n *yaml.Node, line int, what, mend string, name bool) {
	if c.known(what) {
		return
	}
	c.report.Contradictions = append(c.report.Contradictions, &Contradiction{
		Operation: c.op.key(), What: c.where() + what, Name: name,
		Fault: fault.Fault{File: d.name, Line: n.Line, Col: n.Column,
			What: fmt.Sprintf("%s (%s:%d)", what, c.op.page.File, cmp.Or(line, c.op.Line)),
			Mend: mend},
	})
}

// where names the half of an operation that is compared.
func (c *comparer) where() string {
	if c.side && c.op.page.Event == "" {
		return "response: "
	}
	return ""
}

// later records a part that the description lacks. It is inserted once its types have names.
func (c *comparer) later(d *doc, s *draft.Schema, at []string, insert func()) {
	c.unit.additions = append(c.unit.additions,
		&addition{doc: d, owner: c.op.owner, side: c.side, schema: s, at: at, insert: insert})
}

// leave reports whether a part that the description lacks is left out: because that is known, or
// because the options keep existing operations.
func (c *comparer) leave(d *doc, n *yaml.Node, line int, what string) bool {
	what += " is on the page alone"
	if d.src == nil {
		return false
	}
	if c.Keep && !c.known(what) {
		c.disagree(d, n, line, what, "import without --accept adds it")
	}
	return c.Keep || c.known(what)
}

// known reports whether a contradiction is intended.
func (c *comparer) known(what string) bool {
	return c.Known != nil && c.Known(c.op.key(), c.where()+what)
}

func typeOf(n *yaml.Node) string {
	t := layout.Key(n, "type")
	if t != nil && t.Kind == yaml.SequenceNode {
		for _, s := range layout.Texts(t) {
			if s != "null" {
				return s
			}
		}
	}
	return layout.Text(t)
}

// found is a use of a schema in the description. It may be a reference.
type found struct {
	doc *doc
	use *yaml.Node
}

func optional(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}
