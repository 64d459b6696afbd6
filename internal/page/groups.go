package page

import (
	"slices"
	"strings"
)

// groups sorts the request's rows into path, query, headers, JSON and multipart.
func (d *draft) groups() {
	top := nest(d.request, 0, slices.ContainsFunc(d.request, func(f flat) bool {
		return f.Name == "body" && f.indent == 0
	}), d.faults)
	op := d.op
	var others []*Row
	for _, r := range top {
		rows := merge(r.Rows, d.faults)
		switch {
		case r.Name == "base_uri":
			op.Server = firstURL(r.Label)
			if op.Server == "" {
				d.faults.add(r.Line, "write the server's address as the description",
					"base_uri names no server")
			}
		case r.Name == "json":
			op.JSON, op.HasJSON = append(op.JSON, rows...), true
		case r.Name == "query":
			op.Query = append(op.Query, rows...)
		case r.Name == "headers":
			op.Headers = append(op.Headers, rows...)
		case r.Name == "body" && r.Type == "object":
			op.Form = append(op.Form, rows...)
		default:
			r.Rows = rows
			others = append(others, r)
		}
	}
	d.bindPath(others)
}

// bindPath finds the row of each parameter of the path. The path wins: if one row and one parameter
// are left, the row is a misspelt one; a query field with a parameter's name is in the wrong group;
// and a parameter without a row is still a parameter.
func (d *draft) bindPath(rows []*Row) {
	names := templateParams(d.page.Path)
	var stray []*Row
	bound := map[string]*Row{}
	for _, r := range rows {
		if slices.Contains(names, r.Name) && bound[r.Name] == nil {
			bound[r.Name] = r
			continue
		}
		stray = append(stray, r)
	}
	d.op.Query = slices.DeleteFunc(d.op.Query, func(r *Row) bool {
		misplaced := slices.Contains(names, r.Name) && bound[r.Name] == nil
		if misplaced {
			bound[r.Name] = r
		}
		return misplaced
	})
	missing := slices.DeleteFunc(slices.Clone(names), func(n string) bool {
		return bound[n] != nil
	})
	if len(stray) == 1 && len(missing) == 1 && len(stray[0].Rows) == 0 {
		d.renameExample(stray[0].Name, missing[0])
		bound[missing[0]], stray[0].Name, stray = stray[0], missing[0], nil
	}
	for _, r := range stray {
		d.faults.add(r.Line, "indent it under json, query, headers or body, or name a parameter "+
			"of the path", "%s is neither a group nor in the path %s", r.Name, d.page.Path)
	}
	for _, name := range names {
		r := bound[name]
		if r == nil {
			r = &Row{Line: d.op.Line, Name: name, Type: "string", Label: d.labelOf(name)}
		}
		r.Required, r.Unknown = true, false
		d.op.PathParams = append(d.op.PathParams, r)
	}
}

// labelOf finds the label of a parameter elsewhere on the page: at another operation, or in the
// response.
func (d *draft) labelOf(name string) string {
	for _, op := range d.page.Operations {
		if r := findRow(op.PathParams, name); r != nil {
			return r.Label
		}
	}
	if r := findRow(d.op.Response, name); r != nil {
		return r.Label
	}
	return ""
}

// firstURL finds the address in "声明接入点`https://…/`(香港接入)".
func firstURL(s string) string {
	i := strings.Index(s, "https://")
	if i < 0 {
		return ""
	}
	end := strings.IndexFunc(s[i:], func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("`<>\"')|", r)
	})
	if end < 0 {
		return s[i:]
	}
	return s[i : i+end]
}
