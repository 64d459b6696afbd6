// Command floor has kin-openapi load every document below a folder, one after the other: the least
// that reading a description takes a generator that is built on it.
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	if err := filepath.WalkDir(os.Args[1], load); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func load(path string, d fs.DirEntry, err error) error {
	if err != nil || filepath.Ext(path) != ".yaml" {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil || !bytes.Contains(append([]byte("\n"), text...), []byte("\nopenapi:")) {
		return err
	}
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	_, err = loader.LoadFromFile(path)
	return err
}
