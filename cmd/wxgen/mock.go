package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

func newMock() *cobra.Command {
	m := new(mockServer)
	c := &cobra.Command{
		Use:   "mock",
		Short: "Run WeChat Pay on localhost",
		Long: `Mock runs WeChat Pay offline, on this machine. It checks signatures and requests as strictly as
WeChat Pay does, signs its replies, remembers what clients created, lets people pay, and sends
notifications. Clients in any language can call it. On its first start it makes test credentials
and stores them in a folder. The address that it prints shows all that it can do, and so do the
verbs below this one.`,
		Example: `  wxgen mock
  wxgen mock pay 1217752501201407033233368018
  wxgen mock clock +3h
  wxgen mock notify TRANSACTION.SUCCESS --to http://127.0.0.1:8080/notify --set amount.total=100`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return m.run(c) },
	}
	f := c.Flags()
	f.StringVar(&m.listen, "listen", mockAddress,
		"`address` to listen at; port 0 means any free port")
	f.StringVar(&m.dir, "dir", "", "`folder` of the test credentials (default: wxgen/mock in the "+
		"user's configuration)")
	f.StringVar(&m.seed, "seed", "",
		"YAML `file` with steps that the server takes before it serves")
	f.BoolVar(&m.invent, "invent", false,
		"make up objects that nobody created, instead of answering that there are none")
	f.IntVar(&m.probes, "probes", 10,
		"`number` of notifications between two signature probes; 0 means no probes")
	f.DurationVar(&m.settle, "settle", time.Second,
		"`time` that a refund or a transfer takes")
	f.StringSliceVar(&m.hosts, "notify-host", nil,
		"another `host` that may receive notifications; this machine always may")
	f.StringArrayVar(&m.faults, "fault", nil,
		"`fault` that the server begins with, such as "+
			"kind=latency,latency=2s,path=/v3/pay/**,times=3; can be repeated")
	f.BoolVar(&m.quiet, "quiet", false, "print only the address")
	m.layers.layerFlags(c)
	c.MarkFlagDirname("dir")
	c.MarkFlagFilename("seed", "yaml", "yml")
	c.AddCommand(mockVerbs()...)
	return c
}

// folder is the folder of the credentials.
func (m *mockServer) folder() (string, error) {
	if m.dir != "" {
		return m.dir, nil
	}
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for the test credentials: %w; name one "+
			"with --dir", err)
	}
	return filepath.Join(base, "wxgen", "mock"), nil
}

func (m *mockServer) run(c *cobra.Command) error {
	dir, err := m.folder()
	if err != nil {
		return err
	}
	ring, made, err := keys.Open(dir)
	if err != nil {
		return err
	}
	listener, err := listen(m.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	engine, err := m.engine(ring, listener.Addr().String(), dir)
	if err != nil {
		return err
	}
	defer engine.Close()
	if m.seed != "" {
		if err := plant(engine, m.seed, listener.Addr().String()); err != nil {
			return err
		}
	}
	m.welcome(c.OutOrStdout(), listener.Addr().String(), dir, ring, made)
	ctx, stop := writing(c)
	defer stop()
	return serveUntil(ctx, listener, engine)
}

// engine makes the engine and its pages.
func (m *mockServer) engine(ring *keys.Ring, address, dir string) (*mock.Engine, error) {
	pages := &late{}
	cfg := mock.Config{
		Ring: ring, URL: "http://" + address, Invent: m.invent, Settle: m.settle, Hosts: m.hosts,
		Probes: m.probes, Pages: pages,
	}
	var err error
	if cfg.Set, err = m.layers.compiled(); err != nil {
		return nil, err
	}
	engine, err := mock.New(cfg)
	if err != nil {
		return nil, err
	}
	pages.Handler = m.pages(engine, address, dir)
	if err := m.begin(engine); err != nil {
		engine.Close()
		return nil, err
	}
	return engine, nil
}

// late is a handler that is set after its user is made.
type late struct{ http.Handler }

// listen opens the port.
func listen(address string) (net.Listener, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, fmt.Errorf("--listen %q is no address with a port; use one like %s", address,
			mockAddress)
	}
	l, err := net.Listen("tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use, perhaps by another wxgen mock; end that one, or "+
			"use --listen 127.0.0.1:0 for any free port", address)
	case err != nil:
		return nil, fmt.Errorf("cannot listen at %s: %w; use another address with --listen",
			address, err)
	}
	return l, nil
}

// serveUntil serves until the context ends.
func serveUntil(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		DisableGeneralOptionsHandler: true, // that handler would not say that this is a test server
	}
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(stopped)
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if server.Shutdown(grace) != nil {
			_ = server.Close() // ends open connections
		}
	})
	err := server.Serve(l)
	if !stop() {
		<-stopped
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
