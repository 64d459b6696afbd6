package page

import (
	"encoding/json"
	"slices"
	"strings"
)

// A value is what a PHP literal holds.
type value struct {
	scalar json.RawMessage // a string, number or constant; nil otherwise
	list   []*value        // an array without keys
	keys   []string        // of an array with keys, in order
	fields []*value        // beside keys
	array  bool
}

// field returns what stands under a key, also below the items of a list; nil if nothing does.
func (v *value) field(name string) *value {
	if v == nil {
		return nil
	}
	for i, k := range v.keys {
		if k == name {
			return v.fields[i]
		}
	}
	for _, item := range v.list {
		if f := item.field(name); f != nil {
			return f
		}
	}
	return nil
}

// find returns the first value under a key anywhere within; nil if there is none.
func (v *value) find(name string) *value {
	if f := v.field(name); f != nil || v == nil {
		return f
	}
	for _, f := range v.fields {
		if found := f.find(name); found != nil {
			return found
		}
	}
	for _, item := range v.list {
		if found := item.find(name); found != nil {
			return found
		}
	}
	return nil
}

// names returns the keys of an object, or of the objects of a list.
func (v *value) names() []string {
	if v == nil {
		return nil
	}
	names := slices.Clone(v.keys)
	for _, item := range v.list {
		for _, name := range item.names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// decoded returns the object or list that a string holds as JSON; nil if it holds none.
func (v *value) decoded() *value {
	var text string
	if v == nil || json.Unmarshal(v.scalar, &text) != nil {
		return nil
	}
	inside, _ := readJSON(text)
	if inside == nil || !inside.array {
		return nil
	}
	return inside
}

// text is the literal of a scalar, or nothing.
func (v *value) text() json.RawMessage {
	if v == nil {
		return nil
	}
	return v.scalar
}

// json writes the value; what the program would have to compute is left out.
func (v *value) json() json.RawMessage {
	var b strings.Builder
	v.write(&b)
	return json.RawMessage(b.String())
}

func (v *value) known() bool { return v != nil && (v.array || v.scalar != nil) }

func (v *value) write(b *strings.Builder) {
	switch {
	case !v.array:
		b.Write(v.scalar)
	case v.keys == nil && v.list != nil:
		b.WriteByte('[')
		v.writeItems(b)
		b.WriteByte(']')
	default:
		b.WriteByte('{')
		v.writeFields(b)
		b.WriteByte('}')
	}
}

func (v *value) writeItems(b *strings.Builder) {
	first := true
	for _, item := range v.list {
		if !item.known() {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		item.write(b)
	}
}

func (v *value) writeFields(b *strings.Builder) {
	first := true
	for i, k := range v.keys {
		if !v.fields[i].known() {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.Write(quote(k))
		b.WriteByte(':')
		v.fields[i].write(b)
	}
}

func quote(s string) json.RawMessage {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string always can
	return json.RawMessage(strings.TrimSuffix(b.String(), "\n"))
}

// maxDepth of arrays in arrays: nobody writes more, and a hostile page shall not exhaust the stack.
const maxDepth = 64

// A phpReader reads PHP literals. What it does not understand, it skips.
type phpReader struct {
	text  string
	at    int
	depth int
}

func (p *phpReader) peek() byte {
	if p.at >= len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// skipSpace skips blanks and comments.
func (p *phpReader) skipSpace() {
	for p.at < len(p.text) {
		rest := p.text[p.at:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			p.at++
		case strings.HasPrefix(rest, "//"), rest[0] == '#':
			p.skipPast(rest, "\n")
		case strings.HasPrefix(rest, "/*"):
			p.skipPast(rest, "*/")
		default:
			return
		}
	}
}

func (p *phpReader) skipPast(rest, end string) {
	i := strings.Index(rest, end)
	if i < 0 {
		p.at = len(p.text)
		return
	}
	p.at += i + len(end)
}

// value reads one value, up to the comma, arrow or bracket behind it.
func (p *phpReader) value() *value {
	p.skipSpace()
	var v *value
	switch c := p.peek(); {
	case c == '[':
		v = p.array(']')
	case c == '\'' || c == '"':
		v = &value{scalar: quote(p.str())}
	default:
		v = p.word()
	}
	p.skipSpace()
	if c := p.peek(); c != 0 && strings.IndexByte(",]);", c) < 0 &&
		!strings.HasPrefix(p.text[p.at:], "=>") {
		p.skipExpression()
		return &value{} // something to compute
	}
	return v
}

func (p *phpReader) array(end byte) *value {
	v := &value{array: true}
	p.at++
	if p.depth++; p.depth > maxDepth {
		p.at = len(p.text)
	}
	defer func() { p.depth-- }()
	for {
		p.skipSpace()
		switch c := p.peek(); {
		case c == 0:
			return v
		case c == end:
			p.at++
			return v
		case strings.IndexByte(",]);", c) >= 0:
			p.at++ // also brackets that match nothing
			continue
		}
		p.item(v)
	}
}

func (p *phpReader) item(v *value) {
	before := p.at
	first := p.value()
	p.skipSpace()
	if !strings.HasPrefix(p.text[min(p.at, len(p.text)):], "=>") {
		v.list = append(v.list, first)
		p.at = max(p.at, before+1)
		return
	}
	p.at += len("=>")
	var key string
	if json.Unmarshal(first.scalar, &key) != nil {
		key = string(first.scalar)
	}
	v.keys = append(v.keys, key)
	v.fields = append(v.fields, p.value())
}

// str reads a quoted string.
func (p *phpReader) str() string {
	end := p.text[p.at]
	p.at++
	var b strings.Builder
	for p.at < len(p.text) && p.text[p.at] != end {
		c := p.text[p.at]
		if c == '\\' && p.at+1 < len(p.text) {
			next := p.text[p.at+1]
			if next == end || next == '\\' {
				p.at++
				c = next
			} else if end == '"' && next == 'n' {
				p.at++
				c = '\n'
			}
		}
		b.WriteByte(c)
		p.at++
	}
	p.at++
	return b.String()
}

// word reads a number or a constant.
func (p *phpReader) word() *value {
	start := p.at
	for p.at < len(p.text) && isNameByte(p.text[p.at]) {
		p.at++
	}
	word := p.text[start:p.at]
	switch strings.ToLower(word) {
	case "true", "false", "null":
		return &value{scalar: json.RawMessage(strings.ToLower(word))}
	case "":
		return &value{}
	}
	var n json.Number
	if json.Unmarshal([]byte(word), &n) == nil {
		return &value{scalar: json.RawMessage(word)}
	}
	return &value{}
}

// skipExpression skips to the comma or bracket that ends an expression.
func (p *phpReader) skipExpression() {
	depth := 0
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '\'' || c == '"':
			p.str()
			continue
		case c == '(' || c == '[' || c == '{':
			depth++
		case c == ')' || c == ']' || c == '}':
			if depth == 0 {
				return
			}
			depth--
		case c == ',' && depth == 0:
			return
		}
		p.at++
	}
}
