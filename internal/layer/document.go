package layer

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// A Doc is a YAML file of a layer, or an overlay as it applies to one.
type Doc struct {
	Name  string     // path below the layer's folder, with slashes: the base of its $refs
	Shown string     // its name in messages
	Root  *yaml.Node // a mapping
}

// A Fault is a reason why a layer does not fit.
type Fault struct {
	Doc        *Doc
	Node       *yaml.Node // nil if it is about the whole file
	What, Mend string
}

func place(d *Doc, n *yaml.Node) string {
	return fmt.Sprintf("%s:%d:%d", d.Shown, n.Line, n.Column)
}
