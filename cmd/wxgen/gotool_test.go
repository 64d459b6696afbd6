package main

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/brief"
)

// In a module with wxgen as a tool, go generate writes code that compiles and reaches the team's
// own endpoint.
func TestGoTool(t *testing.T) {
	if brief.Run() {
		t.Skip("it builds programs")
	}
	here, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	needs := read(t, filepath.Join(here, "go.mod"))
	_, needs, _ = strings.Cut(needs, "\nrequire")
	write(t, filepath.Join(dir, "go.mod"), "module example.com/shop\n\ngo 1.26.0\n\n"+
		"tool github.com/wxgen/wxgen/cmd/wxgen\n\n"+
		"require github.com/wxgen/wxgen v0.0.0\n\nreplace github.com/wxgen/wxgen => "+
		strconv.Quote(here)+"\n\nrequire"+needs)
	write(t, filepath.Join(dir, "go.sum"), read(t, filepath.Join(here, "go.sum")))
	write(t, filepath.Join(dir, "shop.go"), `package shop

import (
	"context"

	"example.com/shop/internal/wechatpay/v3/shop"
	"example.com/shop/internal/wechatpay/wechatpay"
)

func greet(ctx context.Context, client *wechatpay.Client, openID string) error {
	return client.V3().Shop().Greetings().ByOpenID(openID).Post(ctx, shop.CreateGreetingRequest{Tone: shop.CreateGreetingRequestToneWarm})
}

var _ = greet
`)
	for _, command := range []string{"go tool wxgen init", "go generate ./...",
		"go tool wxgen check", "go vet ./..."} {
		c := goCommand(dir, strings.Fields(command)[1:]...)
		c.Env = append(c.Env, "GONOSUMDB=*")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
}
