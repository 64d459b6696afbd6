package budget

import (
	"path/filepath"
	"testing"
	"time"

	// go test shall not take sizes of before its change from the cache
	_ "github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// What wxpaytest may add to a test binary that serves the same client with net/http/httptest, in
// bytes, and to the time in which that is built, with a cache that holds the standard library
// alone. The description is 0.3 MB of it.
const (
	mockAdds   = 2_000_000
	mockBuilds = 2.2 // times the other
)

const plainTest, mockedTest = "./testdata/tests/plain", "./testdata/tests/mocked"

func TestTestBinarySize(t *testing.T) {
	if testing.Short() {
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

// BenchmarkTestBinary builds a test on httptest and one on wxpaytest, with a cache that holds the
// standard library and nothing else.
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
