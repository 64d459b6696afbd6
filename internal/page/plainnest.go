package page

import (
	"slices"
	"strings"
)

// An open is an object that the next row may belong to.
type open struct {
	name   string
	indent int // of its fields
	value  *value
	used   []string
}

// nestRequest gives the rows of a request their indents: a row belongs to the innermost open object whose sample has a
// field of its name.
func (d *plainDraft) nestRequest() {
	var args *value
	if d.sample != nil {
		args = d.sample.args
	}
	var stack []*open
	for i := range d.request {
		f := &d.request[i]
		owner := ownerOf(stack, f.Name)
		switch {
		case owner < 0 && (len(stack) == 0 || d.isOutermost(f, args)):
			f.indent = 0
			stack = nil
		case owner >= 0:
			stack = stack[:owner+1]
			f.indent = stack[owner].indent
		default:
			inner := stack[len(stack)-1]
			f.indent = inner.indent
			if inner.name != "headers" {
				f.adrift("the sample does not have it: does it belong to " + inner.name + "?")
			}
		}
		stack = push(stack, f, args)
	}
}

// push opens a row that is an object, and notes that its name is taken.
func push(stack []*open, f *flat, args *value) []*open {
	inside := args
	if len(stack) > 0 {
		owner := stack[len(stack)-1]
		owner.used = append(owner.used, f.Name)
		inside = owner.value
	}
	part := len(stack) == 1 && stack[0].name == "body" // of a form: only meta has fields
	if f.Type == "object" && !part || f.Name == "meta" {
		stack = append(stack, &open{name: f.Name, indent: f.indent + 1, value: inside.field(f.Name)})
	}
	return stack
}

// ownerOf finds the innermost open object whose sample has the name, and has not had its row yet.
func ownerOf(stack []*open, name string) int {
	for i, o := range slices.Backward(stack) {
		if o.value.field(name) != nil && !slices.Contains(o.used, name) {
			return i
		}
	}
	return -1
}

var groupNames = []string{"json", "query", "headers", "body"}

// isOutermost reports whether a row stands at indent 0: a group, the server, or a parameter of the path.
func (d *plainDraft) isOutermost(f *flat, args *value) bool {
	if f.Name == "base_uri" || slices.Contains(templateParams(d.template), f.Name) && args.field(f.Name) != nil {
		return true
	}
	return f.Type == "object" && slices.Contains(groupNames, f.Name) &&
		(args.field(f.Name) != nil || strings.HasPrefix(f.Label, "声明请求") || strings.HasPrefix(f.Label, "multipart"))
}

// adrift marks a row whose object is not known for sure.
func (r *Row) adrift(what string) {
	r.Adrift = true
	r.doubt(what)
}

func (r *Row) doubt(what string) {
	if r.Doubt == "" {
		r.Doubt = what
	}
}

// nestLoosely gives rows without a sample their indents: what follows an object is taken for its fields, and marked.
func nestLoosely(rows []flat, base int) {
	holder, below := "", false // below an object, or a string of JSON, nothing is certain any more
	var taken, top []string
	for i := range rows {
		f := &rows[i]
		f.indent = base
		switch {
		case f.Type == "object":
			if holder != "" {
				f.adrift("does it belong to " + holder + ", or beside it?")
			} else if below {
				f.adrift("does it belong to an object above?")
			}
			holder, taken = f.Name, nil
		case holder != "" && !slices.Contains(taken, f.Name):
			f.adrift("does it belong to " + holder + "?")
			f.indent = base + 1
			taken = append(taken, f.Name)
			continue
		case holder != "":
			f.adrift("does it belong to " + holder + "?")
			holder = "" // it has had a field of this name
		case below:
			f.adrift("does it belong to an object above?")
		}
		below = below || f.Type == "object" || f.Type == "string" && strings.Contains(f.Label, "JSON")
		if slices.Contains(top, f.Name) {
			f.Adrift, f.Doubt = true, "it stands here twice: which object does it belong to?"
		}
		top = append(top, f.Name)
	}
}

// envelope is how deep the fields around a notification's resource stand.
var envelope = map[string]int{
	"headers": 0, "body": 0,
	"id": 1, "create_time": 1, "event_type": 1, "resource_type": 1, "summary": 1, "resource": 1,
	"original_type": 2, "algorithm": 2, "associated_data": 2, "nonce": 2, "ciphertext": 2,
}

// nestNotification gives the rows of a notification their indents: the envelope is always the same, and what follows it
// is the decrypted resource.
func nestNotification(rows []flat) {
	seen := map[string]bool{}
	after := false
	for i := range rows {
		f := &rows[i]
		depth, known := envelope[f.Name]
		if after && (!known || depth < 2 || seen[f.Name]) {
			f.divided = true
			nestLoosely(rows[i:], 3)
			return
		}
		f.indent = 1 // the fields of headers
		if known {
			f.indent = depth
			seen[f.Name] = true
		}
		after = after || f.Name == "ciphertext"
	}
}
