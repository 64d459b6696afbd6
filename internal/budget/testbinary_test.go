package budget

import (
	"path/filepath"
	"testing"
	"time"

	// the import keeps go test from using sizes cached before a change
	"github.com/wxgen/wxgen/internal/brief"
	_ "github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// The most that wxpaytest may add to a test binary with net/http/httptest and the same client:
// bytes, and build time with the standard library alone in the cache. The description is 0.3 MB of
// it.
const (
	mockAdds   = 2_000_000
	mockBuilds = 2.2 // times the build on httptest
)

const plainTest, mockedTest = "./testdata/tests/plain", "./testdata/tests/mocked"

func TestTestBinarySize(t *testing.T) {
	if brief.Run() {
		t.Skip("it builds programs")
	}
	sizes := built(t, []string{"test", "-c", "-vet=off"}, plainTest, mockedTest)
	plain, mocked := sizes["plain"], sizes["mocked"]
	t.Logf("a test on httptest: %d bytes; on wxpaytest: %d, %d more", plain, mocked, mocked-plain)
	if mocked-plain > mockAdds {
		t.Errorf("wxpaytest adds %d bytes to a test binary; the budget is %d", mocked-plain,
			mockAdds)
	}
}

// BenchmarkTestBinary builds a test on httptest and one on wxpaytest, with the standard library
// alone in the cache.
func BenchmarkTestBinary(b *testing.B) {
	std := standardLibrary(b, map[string]string{"plain": plainTest, "mocked": mockedTest}, "-test")
	var plain time.Duration
	for _, pkg := range []string{plainTest, mockedTest} {
		b.Run(filepath.Base(pkg), func(b *testing.B) {
			c := best(b, func() cost {
				return freshly(b, std, "test", "-c", "-vet=off", "-o",
					filepath.Join(b.TempDir(), "test.exe"), pkg)
			})
			if pkg == plainTest {
				plain = c.wall
				return
			}
			reportTimes(b, c.wall, plain, "x-plain")
			if plain > 0 && c.wall.Seconds() > mockBuilds*plain.Seconds() {
				b.Errorf("%v, and %v with httptest: more than %v times that", c.wall, plain,
					mockBuilds)
			}
		})
	}
}
