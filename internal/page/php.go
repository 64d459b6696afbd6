package page

import (
	"encoding/json"
	"strings"
)

// A phpReader reads PHP literals. It skips all other PHP.
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
		return &value{} // an expression
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
			p.at++ // also unmatched brackets
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
