package source

import (
	"go.yaml.in/yaml/v4"
)

// File is one YAML file of the description.
type File struct {
	Name  string // below the folder, with slashes
	Shown string // name with Options.Name before it
	Text  []byte // as it is written
	Root  Node   // missing if the file does not parse
	// an OpenAPI document, not just something for a $ref to point at
	Document bool
	// does not parse, so that what points into it is not reported
	Broken     bool
	Unreadable error                       // why the system does not let it be read
	components map[Section]map[string]Node // what $refs ask for over and over
	// the file of each node that another layer put into this one; nil if there is one layer
	origins map[*yaml.Node]*File
}

// Section is a kind of component: the key below components that holds it.
type Section string

const (
	Schemas       Section = "schemas"
	Parameters    Section = "parameters"
	RequestBodies Section = "requestBodies"
	Responses     Section = "responses"
	Examples      Section = "examples"
	PathItems     Section = "pathItems"
)
