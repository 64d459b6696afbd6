package page

import (
	"slices"
	"strings"

	"github.com/wxgen/wxgen/internal/route"
)

// A phpCall is a call in PHP, as pages show them:
//
//	$instance->v3->payrollCard->tokens->postAsync(['json' => [...]])
//	$instance->chain('v3/payroll-card/tokens')->post([...])
//	$instance['v3/payroll-card/tokens']->post([...])
type phpCall struct {
	line   int
	path   string // "/v3/payroll-card/tokens"
	exact  bool   // the path is spelled out, not derived from camel case
	method string // "POST"
	args   *value // the arguments; nil if they are no array
}

// or joins the facts of two samples of one operation.
func (s *phpCall) or(other *phpCall) *phpCall {
	switch {
	case s == nil:
		return other
	case other == nil:
		return s
	}
	if other.exact && other.path != "" {
		s.path, s.exact, s.line = other.path, true, other.line
	}
	if s.method == "" {
		s.method = other.method
	}
	if s.args == nil {
		s.args = other.args
	}
	return s
}

// fits reports whether the sample calls a path. Camel case does not distinguish - and _.
func (s *phpCall) fits(path string) bool {
	if s.exact {
		return samePath(s.path, path)
	}
	loose := strings.NewReplacer("_", "-")
	return samePath(strings.ToLower(loose.Replace(s.path)), strings.ToLower(loose.Replace(path)))
}

// parsePHPCall reads the first call in a block, or returns nil.
func parsePHPCall(b block) *phpCall {
	for i, line := range b.text {
		at := strings.Index(line, "$instance")
		if at < 0 {
			continue
		}
		s := &phpCall{line: b.line + i}
		rest := s.readChain(line[at+len("$instance"):] + "\n" + strings.Join(b.text[i+1:], "\n"))
		if s.path == "" {
			return nil
		}
		p := &phpReader{text: rest}
		if p.skipSpace(); p.peek() == '[' {
			s.args = p.value()
		}
		return s
	}
	return nil
}

// readChain reads ->a->b->post( and returns the text behind the parenthesis.
func (s *phpCall) readChain(text string) string {
	var steps []string
	for {
		text = strings.TrimLeft(text, " \t\n")
		switch {
		case strings.HasPrefix(text, "['"), strings.HasPrefix(text, `["`):
			steps, text = s.literal(text[1:], "]")
		case strings.HasPrefix(text, "->chain("):
			steps, text = s.literal(text[len("->chain("):], ")")
		case strings.HasPrefix(text, "->"):
			text = text[2:]
			end := strings.IndexFunc(text, func(r rune) bool {
				return r > '~' || !isNameByte(byte(r)) || r == '-'
			})
			if end <= 0 {
				return ""
			}
			name := text[:end]
			text = text[end:]
			if strings.HasPrefix(text, "(") {
				s.close(steps, name)
				return text[1:]
			}
			steps = append(steps, stepOf(name))
		default:
			return ""
		}
	}
}

// literal reads 'v3/payroll-card/tokens' and the bracket behind it.
func (s *phpCall) literal(text, end string) (steps []string, rest string) {
	if text == "" {
		return nil, ""
	}
	path, rest, ok := strings.Cut(text[1:], text[:1])
	if !ok {
		return nil, ""
	}
	s.exact = true
	path, _, _ = strings.Cut(path, "?")
	return strings.Split(strings.Trim(path, "/"), "/"),
		strings.TrimPrefix(strings.TrimSpace(rest), end)
}

// close stores the verb and the path. A call without a verb is ignored.
func (s *phpCall) close(steps []string, verb string) {
	method := strings.ToUpper(strings.TrimSuffix(verb, "Async"))
	if !isMethod(method) || len(steps) < 2 || !slices.Contains(route.Spaces, steps[0]) {
		return
	}
	s.method = method
	for i, step := range steps {
		if step == "{empty}" {
			steps[i] = "" // a trailing slash
		}
	}
	s.path = "/" + strings.Join(steps, "/")
}

// stepOf converts a property to a segment: payrollCard is payroll-card, _openid_ is {openid}.
func stepOf(name string) string {
	if len(name) > 2 && name[0] == '_' && name[len(name)-1] == '_' {
		return "{" + name[1:len(name)-1] + "}"
	}
	var b strings.Builder
	for i, r := range name {
		if 'A' <= r && r <= 'Z' {
			if i > 0 {
				b.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}
