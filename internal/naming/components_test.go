package naming

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/draft"
	"github.com/wxgen/wxgen/internal/golden"
	"github.com/wxgen/wxgen/internal/page"
)

// TestComponents decides on the components of the bodies in each case, and names them. A body
// begins with its operation, "CreateOrder POST /v3/coin/orders", its subject and its context, which
// name its types. The lines below are fields of requests (>) and responses (<).
func TestComponents(t *testing.T) {
	golden.Run(t, "testdata/components/*.txtar",
		func(t *testing.T, c *golden.Case) map[string][]byte {
			var uses draft.Uses
			for _, body := range bodies(t, string(c.In["bodies"])) {
				uses.Add(body.owner, body.response, body.schema)
			}
			taken := map[string]bool{}
			for _, name := range strings.Fields(string(c.In["taken"])) {
				taken[name] = true
			}
			var b strings.Builder
			for _, comp := range Components(uses, nil, taken) {
				fmt.Fprintf(&b, "%s: %s\n", comp.Name, outline(comp.Schema))
			}
			b.WriteByte('\n')
			for _, u := range uses {
				name := "inline"
				if u.Schema.Ref != nil {
					name = u.Schema.Ref.Name
				}
				side := ">"
				if u.Response {
					side = "<"
				}
				fmt.Fprintf(&b, "%s %s %s: %s\n", u.Owner.ID, side, strings.Join(u.Fields, "."),
					name)
			}
			return golden.Text(b.String())
		})
}

// outline lists the values of an enum, or the fields of an object.
func outline(s *draft.Schema) string {
	var parts []string
	for _, v := range s.Enum {
		parts = append(parts, v.Value)
	}
	for _, p := range s.Props {
		parts = append(parts, p.Name)
	}
	return strings.Join(parts, " ")
}

type body struct {
	owner    *draft.Owner
	response bool
	schema   *draft.Schema
}

// bodies reads bodies whose fields are indented: " state string = A B", " total! integer", " list[]
// object", " detail json".
func bodies(t *testing.T, text string) []body {
	t.Helper()
	var all []body
	var owner *draft.Owner
	open := map[int]*draft.Schema{} // the last object at each depth
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		depth := (len(line) - len(strings.TrimLeft(line, " "))) / 2
		switch {
		case len(f) == 0:
		case depth == 0 && (f[0] == ">" || f[0] == "<"):
			all = append(all, body{owner, f[0] == "<", &draft.Schema{Type: "object"}})
			open[0] = all[len(all)-1].schema
		case depth == 0:
			owner = &draft.Owner{ID: f[0], Place: f[1] + " " + f[2], Subject: f[3], Context: f[4:]}
		default:
			p, leaf := field(f)
			open[depth-1].Props = append(open[depth-1].Props, p)
			open[depth] = leaf
		}
	}
	return all
}

func field(f []string) (*draft.Property, *draft.Schema) {
	name, required := strings.CutSuffix(f[0], "!")
	name, list := strings.CutSuffix(name, "[]")
	leaf := &draft.Schema{Type: f[1]}
	if i := slices.Index(f, "="); i > 0 {
		for _, v := range f[i+1:] {
			leaf.Enum = append(leaf.Enum, page.EnumValue{Value: v})
		}
	}
	s := leaf
	if f[1] == "json" { // an object, in a string
		leaf.Type = "object"
		s = &draft.Schema{Type: "string", Content: leaf}
	}
	if list {
		s = &draft.Schema{Type: "array", Elem: leaf}
	}
	return &draft.Property{Name: name, Required: required, Schema: s}, leaf
}
