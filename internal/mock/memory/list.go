package memory

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/wxgen/wxgen/internal/mock/desc"
)

// listField is the list of objects in a reply; nil if the reply is no list.
func listField(reply *desc.Schema) *desc.Field {
	if reply == nil || reply.Type != "object" {
		return nil
	}
	var found *desc.Field
	for i := range reply.Fields {
		f := &reply.Fields[i]
		if f.Schema.Type == "array" && f.Schema.Items != nil && f.Schema.Items.Type == "object" {
			if found != nil {
				return nil
			}
			found = f
		}
	}
	return found
}

// list returns a page of the objects in the list. It makes up a list if no operation creates such
// objects.
func (s *Store) list(ids *Identities, c *Call) map[string]any {
	f := listField(c.Operation.Reply)
	own := ""
	for _, field := range f.Schema.Items.Fields {
		if !contextual(field.Name) && ids.Creatable(c.Operation.Service, field.Name) {
			own = field.Name
			break
		}
	}
	given := said(c)
	if own == "" || c.Invent && s.count(c, own) == 0 {
		return given
	}
	all := s.All(func(o *Object) bool {
		return !o.Deleted && o.Owner == c.Owner && o.Service == c.Operation.Service &&
			o.IDs[own] != "" && matches(o.Doc, c.Query)
	})
	from, to := page(c.Query, len(all))
	items := make([]any, 0, to-from)
	for _, o := range all[from:to] {
		items = append(items, o.Doc)
	}
	given[f.Name] = items
	for _, name := range []string{"total_count", "total", "count"} {
		if field := c.Operation.Reply.Field(name); field != nil && field.Schema.Type == "integer" {
			given[name] = json.Number(strconv.Itoa(len(all)))
		}
	}
	for _, name := range []string{"offset", "limit"} {
		if v, there := c.Query[name]; there {
			given[name] = json.Number(v)
		}
	}
	return given
}

func (s *Store) count(c *Call, own string) int {
	return len(s.All(func(o *Object) bool { return o.Owner == c.Owner && o.IDs[own] != "" }))
}

// matches reports whether an object matches the query in the fields that it has.
func matches(doc map[string]any, query map[string]string) bool {
	for name, want := range query {
		if v, known := doc[name]; known && fmt.Sprint(v) != want && !Stateful(name) {
			return false
		}
	}
	return true
}

func page(query map[string]string, n int) (from, to int) {
	limit := 20
	if v, err := strconv.Atoi(query["limit"]); err == nil && v > 0 {
		limit = v
	}
	from, _ = strconv.Atoi(query["offset"])
	from = min(max(from, 0), n)
	return from, from + min(limit, n-from)
}
