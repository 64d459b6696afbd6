package source

import (
	"go.yaml.in/yaml/v4"
)

// Set are all files of the description, by name.
type Set map[string]*File

// Graft records the origins of nodes that other layers put into the files of a set.
func (s Set) Graft(origins map[*yaml.Node]*File) {
	for _, f := range origins {
		f.origins = origins
	}
	for _, f := range s {
		f.origins = origins
		f.Index()
	}
}

// Whole is the file of the set with the same name, which a layer's file is part of; the file itself
// if there is none.
func (s Set) Whole(f *File) *File {
	if whole, ok := s[f.Name]; ok {
		return whole
	}
	return f
}
