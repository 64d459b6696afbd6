package page

import (
	"strings"
)

const (
	nestingUnknown nesting = iota
	outsideTables
	insideTable
)

// splitCells splits a table's line at the bars that are not escaped. All text behind the third bar
// is description.
func splitCells(line string) []string {
	line = strings.TrimPrefix(strings.TrimSpace(line), "|")
	var cells []string
	start := 0
	for i := 0; i < len(line) && len(cells) < 2; i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, strings.TrimSpace(line[start:i]))
			start = i + 1
		}
	}
	last := strings.TrimSpace(line[start:])
	if len(last) > 1 && last[len(last)-1] == '|' && last[len(last)-2] != '\\' {
		last = strings.TrimSpace(last[:len(last)-1]) // the table has bars on both sides
	}
	return append(cells, last)
}

// isRule reports whether a line is the rule below a table's head.
func isRule(line string) bool {
	return strings.Contains(line, "-") && strings.Trim(line, "|-: \t") == ""
}

// cutAttributes splits "json {data-required}" into text and attributes.
func cutAttributes(cell string) (text, attributes string) {
	text, rest, ok := strings.Cut(cell, "{")
	if !ok {
		return cell, ""
	}
	attributes, _, _ = strings.Cut(rest, "}")
	return strings.TrimSpace(text), attributes
}

// attribute finds an attribute by name: "data-indent=1", "data-tooltip=\"two words\"",
// "data-required".
func attribute(attributes, name string) (value string, ok bool) {
	for rest := strings.TrimSpace(attributes); rest != ""; rest = strings.TrimSpace(rest) {
		end := strings.IndexAny(rest, "= \t")
		if end < 0 {
			return "", rest == name
		}
		key, tail := rest[:end], rest[end:]
		value := ""
		if tail[0] == '=' {
			value, tail = attributeValue(tail[1:])
		}
		if key == name {
			return value, true
		}
		rest = tail
	}
	return "", false
}

func attributeValue(s string) (value, rest string) {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		value, rest, _ = strings.Cut(s[1:], s[:1])
		return value, rest
	}
	end := strings.IndexAny(s, " \t")
	if end < 0 {
		return s, ""
	}
	return s[:end], s[end:]
}

// readRow reads a line of a table other than its head and rules. It returns nil for a divider or a
// mark.
func (d *draft) readRow(n int, line string, response bool) {
	cells := splitCells(line)
	name, attributes := cutAttributes(cells[0])
	name = cleanName(name)
	switch {
	case name == "" && strings.Contains(attributes, "colspan"):
		d.divided = true
	case strings.HasPrefix(name, noContentMark):
		d.op.NoContent = true
	case strings.HasPrefix(name, fileMark):
		d.op.File = true
	case name == "" && strings.Trim(strings.Join(cells, ""), " ") == "":
	default:
		d.addRow(n, name, attributes, cells, response)
	}
}

func (d *draft) addRow(n int, name, attributes string, cells []string, response bool) {
	f := flat{Row: &Row{Line: n, Name: name}, divided: d.divided}
	d.divided = false
	if !isName(name) {
		d.faults.add(n, "write the field's name as it travels", "%s is no field name", shown(name))
		return
	}
	if len(cells) < 2 {
		d.faults.add(n, "write | name | type | description", "%s has no type", name)
		return
	}
	_, f.Required = attribute(attributes, "data-required")
	if v, ok := attribute(attributes, "data-indent"); ok {
		if len(v) != 1 || v[0] < '0' || v[0] > '9' {
			d.faults.add(n, "write data-indent=N, with one digit", "%s has the indent %s", name,
				shown(v))
			return
		}
		f.indent = int(v[0] - '0')
	}
	if !d.readType(&f, cells[1]) {
		return
	}
	if len(cells) > 2 {
		f.Label, f.Enum = describe(cells[2])
		if name == "base_uri" {
			f.Label = cells[2]
		}
	}
	if response {
		d.response = append(d.response, f)
	} else {
		d.request = append(d.request, f)
	}
}

// readType reads the middle cell: "object[]", "string {data-encrypted=by-rsa-pubkey}".
func (d *draft) readType(f *flat, cell string) bool {
	text, attributes := cutAttributes(cell)
	if !f.setType(strings.Trim(text, "` ")) {
		d.faults.add(f.Line, "the types are string, integer, number, boolean and object, with [] "+
			"behind for arrays", "%s has the unknown type %s", f.Name, shown(text))
		return false
	}
	if v, ok := attribute(attributes, "data-encrypted"); ok {
		f.Encrypted, f.cipher = v == "by-rsa-pubkey", v == "by-aes-gcm"
		if !f.Encrypted && !f.cipher {
			d.faults.add(f.Line, "it is by-rsa-pubkey or by-aes-gcm",
				"%s is encrypted in an unknown way, %s", f.Name, shown(v))
		}
	}
	if v, ok := attribute(attributes, "data-encoded"); ok {
		f.Encoded = v == "by-json_encode"
		if !f.Encoded {
			d.faults.add(f.Line, "it is by-json_encode", "%s is encoded in an unknown way, %s",
				f.Name, shown(v))
		}
	}
	return true
}
