package layer

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// A Doc is a YAML file of a layer, or an overlay as it applies to one.
type Doc struct {
	Name  string     // of the file below the folder of its layer, with slashes: what a $ref goes by
	Shown string     // what messages call it
	Root  *yaml.Node // a mapping
}

// A Fault is a reason why a layer does not fit on what lies below it.
type Fault struct {
	Doc        *Doc
	Node       *yaml.Node // where; nil if it is about the whole file
	What, Mend string
}

func place(d *Doc, n *yaml.Node) string {
	return fmt.Sprintf("%s:%d:%d", d.Shown, n.Line, n.Column)
}
