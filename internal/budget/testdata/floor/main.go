// Command floor loads every document below a folder with kin-openapi, one after the other. A
// generator on kin-openapi needs at least this time.
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
