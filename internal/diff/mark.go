package diff

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// oasdiff does not compare extensions: who may call, and what is encrypted, signed, safe to repeat,
// or required of several.

// markChanges compares the marks of the paths that differ and exist in both.
func markChanges(old, new *exchange, keep []string) []Change {
	m := &marks{old: old, new: new}
	for _, path := range keep {
		was, is := old.items[path], new.items[path]
		if was == nil || is == nil {
			continue
		}
		for method, op := range layout.Pairs(is) {
			if before := layout.Get(was, method.Value); before != nil &&
				op.Kind == yaml.MappingNode {
				m.where = where(strings.ToUpper(method.Value), path)
				m.servers(was, is, before, op)
				m.operation(before, op)
			}
		}
	}
	return m.changes
}

// marks compares marks.
type marks struct {
	old, new *exchange
	where    string
	seen     map[[2]*yaml.Node]bool // visited schemas, so that a schema within itself ends
	changes  []Change
}

// add notes a change at a node of the new description or, if that has no place, of the old.
func (m *marks) add(breaks bool, was, is *yaml.Node, format string, args ...any) {
	file := ""
	if place := m.old.side.Doc.Place(was); place != "" {
		file = place
	}
	if place := m.new.side.Doc.Place(is); place != "" {
		file = place
	}
	m.changes = append(m.changes, Change{Breaking: breaks, Side: Wire, Where: m.where,
		What: fmt.Sprintf(format, args...), File: file})
}

// servers compares the hosts of an operation.
func (m *marks) servers(wasItem, isItem, was, is *yaml.Node) {
	host := func(item, op *yaml.Node) string {
		for _, n := range []*yaml.Node{op, item} {
			if servers := layout.Get(n, "servers"); servers != nil && len(servers.Content) > 0 {
				return layout.Text(layout.Get(servers.Content[0], "url"))
			}
		}
		return "https://api.mch.weixin.qq.com"
	}
	if before, after := host(wasItem, was), host(isItem, is); before != after {
		m.add(true, was, is, "it goes to %s instead of %s", after, before)
	}
}

func (m *marks) operation(was, is *yaml.Node) {
	m.flag(was, is, "x-wxpay-unsigned", "the reply carries no signature any more, so it cannot "+
		"be verified", "the reply is signed now", true, false)
	m.flag(was, is, "x-wxpay-idempotent", "it may be sent twice now",
		"it is not safe to repeat any more", false, true)
	m.roles(was, is)
	m.choice(was, is, "", true)
	m.seen = map[[2]*yaml.Node]bool{}
	m.parameters(was, is)
	m.schema(body(was, m.old), body(is, m.new), "", true)
	m.schema(reply(was, m.old), reply(is, m.new), "", false)
}

// flag compares a mark that is true or absent. The caller says whether setting and removing it
// break.
func (m *marks) flag(was, is *yaml.Node, key, set, unset string,
	settingBreaks, unsettingBreaks bool) {
	before, after := layout.Text(layout.Get(was, key)) == "true",
		layout.Text(layout.Get(is, key)) == "true"
	switch {
	case after && !before:
		m.add(settingBreaks, was, layout.Get(is, key), "%s", set)
	case before && !after:
		m.add(unsettingBreaks, layout.Get(was, key), is, "%s", unset)
	}
}

// roles compares who may call. Without roles, all may.
func (m *marks) roles(was, is *yaml.Node) {
	before, after := layout.Get(was, "x-wxpay-roles"), layout.Get(is, "x-wxpay-roles")
	for _, role := range layout.Texts(before) {
		if after != nil && !slices.Contains(layout.Texts(after), role) {
			m.add(true, before, after, "a %s may not call it any more", role)
		}
	}
	for _, role := range layout.Texts(after) {
		if before != nil && !slices.Contains(layout.Texts(before), role) {
			m.add(false, before, after, "a %s may call it now", role)
		}
	}
}

// choice compares the choices between some fields. They are rules for requests only.
func (m *marks) choice(was, is *yaml.Node, at string, sent bool) {
	if !sent {
		return
	}
	const anyOf, oneOf = "x-wxpay-any-of", "x-wxpay-one-of"
	before, after := layout.Get(was, oneOf), layout.Get(is, anyOf)
	if before != nil && after != nil && layout.Get(was, anyOf) == nil &&
		layout.Get(is, oneOf) == nil {
		m.chosen(before, after, at, widens(before, after))
		return
	}
	for _, key := range []string{anyOf, oneOf, "x-wxpay-all-of"} {
		before, after := layout.Get(was, key), layout.Get(is, key)
		switch {
		case printed(before) == printed(after):
		case after == nil:
			m.add(false, before, is, "none of some fields%s is required any more: %s", within(at),
				strings.Join(branches(before), ", "))
		case before == nil:
			m.add(true, was, after, "of some fields%s one is required now: %s", within(at),
				strings.Join(branches(after), ", "))
		default:
			m.chosen(before, after, at, key == anyOf && widens(before, after))
		}
	}
}

// chosen notes a changed choice. It breaks unless every valid request remains valid.
func (m *marks) chosen(before, after *yaml.Node, at string, wider bool) {
	m.add(!wider, before, after, "which of some fields%s is required changed: %s", within(at),
		strings.Join(branches(after), ", "))
}

// widens reports whether every request that fulfils the choice before fulfils the one after: for
// each branch before there is one after that asks for no more.
func widens(before, after *yaml.Node) bool {
	return !slices.ContainsFunc(before.Content, func(b *yaml.Node) bool {
		given := layout.Texts(layout.Get(b, "required"))
		return !slices.ContainsFunc(after.Content, func(a *yaml.Node) bool {
			return !slices.ContainsFunc(layout.Texts(layout.Get(a, "required")),
				func(name string) bool { return !slices.Contains(given, name) })
		})
	})
}

func printed(n *yaml.Node) string {
	var b strings.Builder
	write(&b, n)
	return b.String()
}

func within(at string) string {
	if at == "" {
		return ""
	}
	return " of " + at
}

// branches names the fields of one choice or of several.
func branches(list *yaml.Node) (all []string) {
	for _, branch := range list.Content {
		if names := layout.Texts(layout.Get(branch, "required")); names != nil {
			all = append(all, strings.Join(names, "+"))
		}
		for _, inner := range layout.Pairs(branch) {
			if inner.Kind == yaml.SequenceNode && inner.Content[0].Kind == yaml.MappingNode {
				all = append(all, branches(inner)...)
			}
		}
	}
	return all
}

// body is the schema of an operation's request body.
func body(op *yaml.Node, x *exchange) *yaml.Node {
	return schemaOf(layout.Get(x.resolved(layout.Get(op, "requestBody")), "content"))
}

// reply is the schema of an operation's success.
func reply(op *yaml.Node, x *exchange) *yaml.Node {
	for status, r := range layout.Pairs(layout.Get(op, "responses")) {
		if strings.HasPrefix(status.Value, "2") {
			return schemaOf(layout.Get(x.resolved(r), "content"))
		}
	}
	return nil
}

func schemaOf(content *yaml.Node) *yaml.Node {
	for _, media := range layout.Pairs(content) {
		return layout.Get(media, "schema")
	}
	return nil
}

func (m *marks) parameters(was, is *yaml.Node) {
	named := map[string]*yaml.Node{}
	each := func(x *exchange, op *yaml.Node, f func(name string, p *yaml.Node)) {
		if list := layout.Get(op, "parameters"); list != nil {
			for _, p := range list.Content {
				p = x.resolved(p)
				f(layout.Text(layout.Get(p, "in"))+" "+layout.Text(layout.Get(p, "name")), p)
			}
		}
	}
	each(m.old, was, func(name string, p *yaml.Node) { named[name] = p })
	each(m.new, is, func(name string, p *yaml.Node) {
		if before := named[name]; before != nil {
			m.schema(layout.Get(before, "schema"), layout.Get(p, "schema"),
				layout.Text(layout.Get(p, "name")), true)
		}
	})
}

// schema compares the marks of two schemas, and of the parts that both have.
func (m *marks) schema(was, is *yaml.Node, at string, sent bool) {
	was, is = m.old.resolved(was), m.new.resolved(is)
	if was == nil || is == nil || m.seen[[2]*yaml.Node{was, is}] {
		return
	}
	m.seen[[2]*yaml.Node{was, is}] = true
	sealed := "must be encrypted"
	if !sent {
		sealed = "comes encrypted"
	}
	m.flag(was, is, "x-wxpay-sensitive", at+" "+sealed+" now", at+" is in clear now", true, true)
	m.choice(was, is, at, sent)
	if before, after := layout.Text(layout.Get(was, "x-wxpay-length")),
		layout.Text(layout.Get(is, "x-wxpay-length")); sent && before != after {
		m.add(true, was, is, "the length of %s counts %s instead of %s", at, unit(after),
			unit(before))
	}
	if before, after := layout.Get(was, "x-wxpay-file"),
		layout.Get(is, "x-wxpay-file"); before != nil && after == nil {
		m.add(true, before, is, "%s is for the caller to fill: it is not the file's name or "+
			"digest any more", at)
	}
	for name, p := range layout.Pairs(layout.Get(is, "properties")) {
		m.schema(layout.Get(was, "properties", name.Value), p,
			strings.TrimPrefix(at+"."+name.Value, "."), sent)
	}
	m.schema(layout.Get(was, "items"), layout.Get(is, "items"), at+"[]", sent)
	m.schema(layout.Get(was, "additionalProperties"), layout.Get(is, "additionalProperties"),
		at+"{}", sent)
}

func unit(length string) string {
	switch length {
	case "bytes":
		return "bytes"
	case "clear":
		return "the clear text"
	}
	return "characters"
}
