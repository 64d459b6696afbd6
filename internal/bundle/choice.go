package bundle

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/layout"
)

// A choice says which of several fields are required. Generators take anyOf and oneOf for unions of
// types: they refuse choices or make useless types of them. So a choice becomes an extension, and
// words in the description.

// choiceKeys maps the keys of choices to their keys in the document.
var choiceKeys = map[string]string{"anyOf": "x-wxpay-any-of", "oneOf": "x-wxpay-one-of",
	"allOf": "x-wxpay-all-of"}

// spellChoices puts a choice into words.
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
