package check

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"reflect"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/wxgen/wxgen/internal/fault"
	"github.com/wxgen/wxgen/internal/source"
)

// WithKin has kin-openapi read and validate every document, so that other OpenAPI tools can read
// every description that wxgen reads. It takes longer than load.Dir, and reports at least one fault
// for each document that kin-openapi refuses.
func WithKin(fsys fs.FS, prefix string) (fault.List, error) {
	names, err := source.Find(fsys)
	if err != nil {
		return nil, err
	}
	faults := new(source.Sink)
	loader := openapi3.NewLoader() // one for all: it reads each file once
	loader.IncludeOrigin = true
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, u *url.URL) ([]byte, error) {
		return source.Read(fsys, u.Path)
	}
	for _, name := range names {
		if !source.Open(fsys, name, prefix, faults).Document {
			continue // a part of a document, which its $refs bring in
		}
		for _, err := range errorsIn(validate(loader, name)) {
			faults.Put(kinFault(err, prefix, name))
		}
	}
	return faults.Sorted(), nil
}

// validate returns what kin-openapi says against a document.
func validate(loader *openapi3.Loader, name string) error {
	doc, err := loader.LoadFromURI(&url.URL{Path: name})
	if err != nil {
		return err
	}
	// Examples are not validated: a sealed field, among others, shows no valid value.
	return doc.Validate(context.Background(), openapi3.DisableExamplesValidation(),
		openapi3.EnableMultiError())
}

// errorsIn splits a joined error.
func errorsIn(err error) []error {
	var several openapi3.MultiError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &several):
		return several
	}
	return []error{err}
}

// kinFault turns an error of kin-openapi into a fault of its file.
func kinFault(err error, prefix, name string) fault.Fault {
	f := fault.Fault{
		File: prefix + name, What: "not what OpenAPI says, as kin-openapi reads it: " + err.Error(),
		Mend: "mend it so that other tools can read the description",
	}
	if at := innermostOrigin(err); at != nil && at.Key != nil {
		f.File, f.Line, f.Col = prefix+at.Key.File, at.Key.Line, at.Key.Column
	}
	return f
}

// innermostOrigin finds the position in a chain of errors. Their types have no common interface.
func innermostOrigin(err error) (at *openapi3.Origin) {
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.Indirect(reflect.ValueOf(err))
		if v.Kind() != reflect.Struct {
			continue
		}
		if f := v.FieldByName("Origin"); f.IsValid() {
			if o, ok := f.Interface().(*openapi3.Origin); ok && o != nil {
				at = o
			}
		}
	}
	return at
}
