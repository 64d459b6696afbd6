package bundle

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// A choice between fields says which of them are required, and nothing else. Generators take anyOf
// and oneOf for unions of types, and refuse these or make types of them that nobody can use; so a
// choice is an extension here, and stands in the description.

// choiceKeys are the keys of choices, and what they are called in the document.
var choiceKeys = map[string]string{"anyOf": "x-wxpay-any-of", "oneOf": "x-wxpay-one-of",
	"allOf": "x-wxpay-all-of"}

// spellChoices says in words what a choice is.
func spellChoices(key string, list *yaml.Node) []string {
	if key == "allOf" {
		var all []string
		for _, item := range list.Content {
			for key, inner := range layout.Pairs(item) {
				all = append(all, spellChoices(key.Value, inner)...)
			}
		}
		return all
	}
	var branches []string
	for _, branch := range list.Content {
		branches = append(branches, strings.Join(layout.Texts(layout.Get(branch, "required")), "+"))
	}
	words := strings.Join(branches, ", ")
	if key == "oneOf" {
		return []string{"只能填写其一: " + words}
	}
	return []string{"至少填写其一: " + words}
}

// describe adds words to a description.
func describe(n *yaml.Node, words string) {
	if was := layout.Text(layout.Get(n, "description")); was != "" {
		words = was + " (" + words + ")"
	}
	set(n, "description", layout.String(words))
}
