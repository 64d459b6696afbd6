package source

import (
	"go.yaml.in/yaml/v4"
)

// File is one YAML file of the description.
type File struct {
	Name  string // below the folder, with slashes
	Shown string // name with Options.Name before it
	Text  []byte // unchanged
	Root  Node   // missing if the file does not parse
	// an OpenAPI document, and not only a fragment for $refs
	Document bool
	// it does not parse, so $refs into it are not reported
	Broken     bool
	Unreadable error                       // why it cannot be read
	components map[Section]map[string]Node // components by name, for $refs
	// the files of nodes that come from another layer; nil without layers
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
