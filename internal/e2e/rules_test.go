package e2e

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/rawspec"
)

// This file checks requests against the description, like WeChat Pay. It uses neither the generator
// nor the runtime.

// breaches are the faults of a request against the description of its operation.
func breaches(op *rawspec.Operation, r *request) (faults []string) {
	given := map[string]bool{}
	for _, p := range op.Parameters {
		name, schema := p.At("name").Text(), p.At("schema")
		values := r.query[name]
		if p.At("in").Is("header") {
			values = r.header.Values(name)
		} else if !p.At("in").Is("query") {
			continue
		}
		given[name] = len(values) > 0
		switch {
		case len(values) == 0 && p.At("required").Is("true"):
			faults = append(faults, name+" is required")
		case schema.Type() == "array":
			list := []any{}
			for _, v := range values {
				list = append(list, untext(schema.At("items"), v))
			}
			if len(list) > 0 {
				faults = append(faults, against(name, schema, list, r.open)...)
			}
		case len(values) > 0:
			faults = append(faults, against(name, schema, untext(schema, values[0]), r.open)...)
		}
	}
	faults = append(faults, choose("", op.View, given)...)
	return append(faults, bodyBreaches(op, r)...)
}

func bodyBreaches(op *rawspec.Operation, r *request) []string {
	schema := op.Schema
	if op.Content == "multipart/form-data" {
		schema = schema.At("properties", "meta")
	}
	if !schema.Exists() {
		return nil
	}
	doc, err := decode(r.body)
	if err != nil {
		return []string{"the body is no JSON"}
	}
	return against("", schema, doc, r.open)
}

// untext converts the text of a parameter to its type.
func untext(v rawspec.View, text string) any {
	if t := v.Type(); t == "integer" || t == "number" {
		return json.Number(text)
	}
	return text
}

// against checks a value against its schema.
func against(at string, v rawspec.View, value any,
	open func(string) (string, error)) (faults []string) {
	switch d := value.(type) {
	case map[string]any:
		return objectAgainst(at, v, d, open)
	case []any:
		faults = countAgainst(at, v, "Items", len(d))
		for i, item := range d {
			faults = append(faults,
				against(fmt.Sprintf("%s[%d]", at, i), v.At("items"), item, open)...)
		}
		return faults
	case json.Number:
		return numberAgainst(at, v, d)
	case string:
		return textAgainst(at, v, d, open)
	}
	return nil
}

func objectAgainst(at string, v rawspec.View, doc map[string]any,
	open func(string) (string, error)) (faults []string) {
	given := map[string]bool{}
	for name, value := range doc {
		given[name] = true
		schema := v.At("properties", name)
		if !schema.Exists() {
			schema = v.At("additionalProperties")
		}
		faults = append(faults, against(below(at, name), schema, value, open)...)
	}
	for _, name := range v.At("required").Texts() {
		if !given[name] {
			faults = append(faults, below(at, name)+" is required")
		}
	}
	return append(faults, choose(at, v, given)...)
}

func below(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// choose checks how many branches of each choice are set.
func choose(at string, v rawspec.View, given map[string]bool) (faults []string) {
	for _, c := range v.Choices() {
		set := 0
		for _, branch := range c.Branches {
			all := true
			for _, name := range branch {
				all = all && given[name]
			}
			if all {
				set++
			}
		}
		if set == 0 || set > 1 && c.Exactly {
			faults = append(faults, fmt.Sprintf("%s: %d of %q are set", at, set, c.Branches))
		}
	}
	return faults
}

func countAgainst(at string, v rawspec.View, word string, n int) (faults []string) {
	if low, ok := v.Bound("min" + word); ok && n < low {
		faults = append(faults, fmt.Sprintf("%s: %d, min%s is %d", at, n, word, low))
	}
	if high, ok := v.Bound("max" + word); ok && n > high {
		faults = append(faults, fmt.Sprintf("%s: %d, max%s is %d", at, n, word, high))
	}
	return faults
}

func numberAgainst(at string, v rawspec.View, value json.Number) (faults []string) {
	n, ok := new(big.Rat).SetString(value.String())
	if !ok {
		return []string{at + " is no number"}
	}
	for key, sign := range map[string]int{"minimum": -1, "maximum": 1} {
		if bound, ok := new(big.Rat).SetString(v.At(key).Text()); ok && n.Cmp(bound) == sign {
			faults = append(faults,
				fmt.Sprintf("%s: %s, %s is %s", at, value, key, v.At(key).Text()))
		}
	}
	return faults
}

func textAgainst(at string, v rawspec.View, text string,
	open func(string) (string, error)) []string {
	if inside := v.At("contentSchema"); inside.Exists() {
		doc, err := decode([]byte(text))
		if err != nil {
			return []string{at + " holds no JSON"}
		}
		return against(at, inside, doc, open)
	}
	if v.At("format").Is("date-time") {
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return []string{at + " is no date-time"}
		}
		return nil
	}
	if v.Sensitive() && v.At("x-wxpay-length").Is("clear") {
		clear, err := open(text)
		if err != nil {
			return []string{at + " is not sealed"}
		}
		text = clear
	}
	n, _ := measure(v, text)
	faults := countAgainst(at, v, "Length", n)
	if pattern := v.At("pattern").Text(); pattern != "" &&
		!regexp.MustCompile(pattern).MatchString(text) {
		faults = append(faults, at+" does not match "+pattern)
	}
	return faults
}

// refusal is the reply to a request with faults.
func refusal(faults []string) *reply {
	body, err := json.Marshal(map[string]any{"code": "PARAM_ERROR",
		"message": strings.Join(faults, "; ")})
	if err != nil {
		panic(err)
	}
	return &reply{status: 400, kind: "application/json", body: body}
}
