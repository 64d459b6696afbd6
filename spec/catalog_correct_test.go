package spec_test

import (
	"fmt"
	"os"
	"strings"
)

// applyCorrections replaces facts of the pages by those of WeChat Pay's own models.
func applyCorrections(file string, ops []*pageOp) (faults []error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return []error{err}
	}
	byName := map[string]*pageOp{}
	for _, o := range ops {
		byName[o.name()] = o
	}
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		cells := strings.Split(line, "\t")
		if n == 0 || len(cells) != 6 {
			continue
		}
		op := byName[cells[0]+" "+cells[1]]
		if op == nil {
			faults = append(faults,
				fmt.Errorf("corrections.tsv:%d: no page has %s %s", n+1, cells[0], cells[1]))
			continue
		}
		if err := op.correct(n+1, cells[2], cells[3], cells[4] == "add",
			strings.Fields(cells[5])); err != nil {
			faults = append(faults, fmt.Errorf("corrections.tsv:%d: %s: %w", n+1, op.name(), err))
		}
	}
	return faults
}

// correct applies one line of the corrections.
func (o *pageOp) correct(line int, part, field string, add bool, facts []string) error {
	steps := strings.Split(strings.ReplaceAll(field, "[]", ""), ".")
	last := steps[len(steps)-1]
	groups := []*[]*row{&o.reply}
	if part == "request" {
		groups = []*[]*row{&o.json, &o.query, &o.params}
		if !o.hasJSON {
			groups = groups[1:]
		}
	}
	for _, group := range groups {
		rows := group
		for _, step := range steps[:len(steps)-1] {
			r := find(*rows, step)
			if r == nil {
				return fmt.Errorf("%s: %s is not there", field, step)
			}
			if add {
				r.typ = "object" // one page has it as a string
			}
			rows = &r.rows
		}
		r := find(*rows, last)
		if r == nil && add {
			r = &row{line: -line, name: last, typ: facts[0]}
			*rows = append(*rows, r)
			facts = facts[1:]
		}
		if r != nil {
			return r.correct(facts)
		}
	}
	return fmt.Errorf("%s is not there", field)
}

func (r *row) correct(facts []string) error {
	for _, fact := range facts {
		key, value, _ := strings.Cut(fact, "=")
		switch key {
		case "required":
			r.required = true
		case "array":
			r.array = true
		case "encrypted":
			r.secret = true
		case "format":
			r.format = value
		case "type", "string", "integer", "object", "boolean":
			r.typ = value
			if value == "" {
				r.typ = key
			}
		case "enum":
			r.fixed = strings.Split(value, "|")
		default:
			return fmt.Errorf("unknown fact %q", fact)
		}
	}
	return nil
}
