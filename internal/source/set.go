package source

import (
	"go.yaml.in/yaml/v4"
)

// Set are all files of the description, by name.
type Set map[string]*File

// Graft tells the files of a set from which file each node comes that another layer put into them.
func (s Set) Graft(origins map[*yaml.Node]*File) {
	for _, f := range origins {
		f.origins = origins
	}
	for _, f := range s {
		f.origins = origins
		f.Index()
	}
}

// Whole is the file that a layer's file of the same name lies over; the file itself if there is
// none.
func (s Set) Whole(f *File) *File {
	if whole, ok := s[f.Name]; ok {
		return whole
	}
	return f
}
