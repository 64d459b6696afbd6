package load

import (
	"context"
	"io/fs"
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// checkAgreeable holds that what wxgen reads, another OpenAPI tool reads and accepts too.
func checkAgreeable(t *testing.T, fsys fs.FS) {
	t.Helper()
	err := loadPlainly(fsys, func(_ string, doc *openapi3.T) error {
		// Examples in a description show shapes. Sealed fields, among others, are no valid values.
		return doc.Validate(context.Background(), openapi3.DisableExamplesValidation())
	})
	if err != nil {
		t.Errorf("kin-openapi: %v", err)
	}
}

func TestDescriptionIsOpenAPI(t *testing.T) {
	fsys := os.DirFS("../../spec")
	if _, err := Dir(fsys, Options{Name: "spec/"}); err != nil {
		t.Fatal(err)
	}
	checkAgreeable(t, fsys)
}
