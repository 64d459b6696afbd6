package source

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/wxgen/wxgen/internal/fault"

	"go.yaml.in/yaml/v4"
)

// An import writes a question beside a fact that a page lacks: "# TODO required? encrypted?". With
// a guess, a field that must be sealed might be sent in clear. So an open question is a fault until
// somebody answers it and removes the comment.

const questionMark = "# TODO "

var question = regexp.MustCompile(`(?m)^# TODO (.*\?)\s*$`)

// openQuestions finds the open questions of a file.
func (f *File) openQuestions(text []byte, root *yaml.Node) fault.List {
	if !bytes.Contains(text, []byte(questionMark)) {
		return nil
	}
	var all fault.List
	asked := func(n, at *yaml.Node) {
		for _, comment := range []string{n.HeadComment, n.LineComment, n.FootComment} {
			for _, m := range question.FindAllStringSubmatch(comment, -1) {
				all = append(all, fault.Fault{File: f.Shown, Line: at.Line, Col: at.Column,
					What: onLine("an open question: " + m[1]),
					Mend: "answer it here and take the comment away; --allow-todo looks at the " +
						"rest first", Question: true})
			}
		}
	}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for i, c := range n.Content {
			at := c
			if n.Kind == yaml.MappingNode && i%2 == 1 {
				at = n.Content[i-1] // the question is behind the value, and about the key
			}
			asked(c, at)
			walk(c)
		}
	}
	asked(root, root)
	walk(root)
	return all
}

// Ask reports the open questions of another sink: as warnings if allow is true, else as faults.
func (s *Sink) Ask(met *Sink, allow bool) {
	for _, q := range met.questions {
		if allow {
			q.Mend = strings.TrimSuffix(q.Mend, "; --allow-todo looks at the rest first")
			s.warnings = append(s.warnings, q)
			continue
		}
		s.Put(q)
	}
}

// asked notes the questions of a file.
func (s *Sink) asked(questions fault.List) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.questions = append(s.questions, questions...)
}
