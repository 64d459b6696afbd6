package bundle

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/wxgen/wxgen/internal/check"
	"github.com/wxgen/wxgen/internal/layout"
)

// Where returns the origin of a line and a column of a file.
type Where func(name string, line, col int) string

// bundler makes one document.
type bundler struct {
	where    Where
	files    map[string]*yaml.Node
	parts    map[string]check.Part
	wanted   wanted
	prefixes map[string]string // prefixes of the names of a file's components
	claims   map[string]string // section and name → file and pointer of the owner
	tags     map[string]bool
	clash    error // the first
	places   map[*yaml.Node]string

	paths, webhooks *yaml.Node
	components      map[string]*yaml.Node // by section
}

// A sourceFile is a file of the description.
type sourceFile struct {
	name string
	root *yaml.Node
}

const server = "https://api.mch.weixin.qq.com"

// put adds an entry of the description.
func (b *bundler) put(to *yaml.Node, from sourceFile, key, value *yaml.Node) {
	layout.Put(to, key.Value, value)
	b.places[value] = b.where(from.name, key.Line, key.Column)
}

// claim records the owner of a name. The first name with two owners is the document's error.
func (b *bundler) claim(section, name, owner string) {
	// some languages write a file per name, and some file systems ignore case
	key := section + " " + strings.ToLower(name)
	if other, taken := b.claims[key]; taken && other != owner && b.clash == nil {
		b.clash = fmt.Errorf("%s %s would be the name of %s and of %s; rename one of them in the "+
			"description", section, name, other, owner)
	}
	b.claims[key] = owner
}

// set sets a key of a mapping to a value.
func set(n *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content[i+1] = value
			return
		}
	}
	layout.Put(n, key, value)
}
