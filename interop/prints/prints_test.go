package prints

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/repr"
	"github.com/davecgh/go-spew/spew"
	"github.com/fxamacker/cbor/v2"
	goccy "github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	jsoniter "github.com/json-iterator/go"
	"github.com/k0kubun/pp/v3"
	"github.com/kr/pretty"
	gotoml "github.com/pelletier/go-toml/v2"
	"github.com/rs/zerolog"
	"github.com/sanity-io/litter"
	"github.com/sirupsen/logrus"
	"github.com/vmihailenco/msgpack/v5"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"gopkg.in/yaml.v3"
)

// dumpers follow every pointer and read every field, exported or not. They call no method of a
// Config.
var dumpers = map[string]func(any) string{
	"spew": func(v any) string { return spew.Sdump(v) },
	"spew, no method": func(v any) string {
		return (&spew.ConfigState{DisableMethods: true, Indent: " "}).Sdump(v)
	},
	"spew, no pointer method": func(v any) string {
		return (&spew.ConfigState{DisablePointerMethods: true, SpewKeys: true,
			ContinueOnMethod: true}).Sdump(v)
	},
	"spew %#+v": func(v any) string { return spew.Sprintf("%#+v %v", v, v) },
	"litter":    func(v any) string { return litter.Sdump(v) },
	"litter, private": func(v any) string {
		return litter.Options{HidePrivateFields: false, DisablePointerReplacement: true,
			StrictGo: true}.Sdump(v)
	},
	"repr": func(v any) string { return repr.String(v, repr.Indent(" ")) },
	"repr, go": func(v any) string {
		return repr.String(v, repr.IgnoreGoStringer(), repr.AlwaysIncludeType())
	},
	"pp": func(v any) string { p := pp.New(); p.SetColoringEnabled(false); return p.Sprint(v) },
	"pretty": func(v any) string {
		return fmt.Sprintf("%# v", pretty.Formatter(v)) + pretty.Sprint(v)
	},
	"pretty, difference": func(v any) string {
		return strings.Join(pretty.Diff(v, reflect.Zero(reflect.TypeOf(v)).Interface()), " ")
	},
	"cmp": func(v any) string { return cmp.Diff(v, any(1)) },
}

// encoders ask for text, JSON or binary data, and read exported fields.
var encoders = map[string]func(any) ([]byte, error){
	"json":              json.Marshal,
	"jsoniter":          jsoniter.ConfigCompatibleWithStandardLibrary.Marshal,
	"jsoniter, fastest": jsoniter.ConfigFastest.Marshal,
	"xml":               xml.Marshal,
	"gob": func(v any) ([]byte, error) {
		var b bytes.Buffer
		err := gob.NewEncoder(&b).Encode(v)
		return b.Bytes(), err
	},
	"yaml.v3": yaml.Marshal,
	"goccy":   goccy.Marshal,
	"toml": func(v any) ([]byte, error) {
		var b bytes.Buffer
		err := toml.NewEncoder(&b).Encode(v)
		return b.Bytes(), err
	},
	"go-toml": gotoml.Marshal,
	"msgpack": msgpack.Marshal,
	"msgpack, as arrays": func(v any) ([]byte, error) {
		var b bytes.Buffer
		e := msgpack.NewEncoder(&b)
		e.UseArrayEncodedStructs(true)
		err := e.Encode(v)
		return b.Bytes(), err
	},
	"cbor": cbor.Marshal,
}

// loggers do some of both.
var loggers = map[string]func(*bytes.Buffer, any){
	"logrus": func(b *bytes.Buffer, v any) {
		l := logrus.New()
		l.Out = b
		l.WithField("v", v).Info(v)
		l.Formatter = new(logrus.JSONFormatter)
		l.WithField("v", v).Info(v)
	},
	"zerolog": func(b *bytes.Buffer, v any) {
		l := zerolog.New(b)
		l.Info().Interface("v", v).Any("w", v).Msg(fmt.Sprint(v))
		if err, ok := v.(error); ok {
			l.Error().Err(err).AnErr("e", err).Send()
		}
	},
	"zap": func(b *bytes.Buffer, v any) {
		for _, enc := range []zapcore.Encoder{
			zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig()),
			zapcore.NewConsoleEncoder(zap.NewDevelopmentEncoderConfig()),
		} {
			l := zap.New(zapcore.NewCore(enc, zapcore.AddSync(b), zap.DebugLevel))
			l.Info("m", zap.Any("v", v), zap.Reflect("r", v))
			l.Sugar().Infow("m", "v", v)
			l.Sugar().Infof("%v %+v %#v %s", v, v, v, v)
		}
	},
}

func (p *printed) check(t *testing.T, how string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		for _, s := range p.secrets {
			if strings.Contains(text, s) {
				t.Errorf("%s shows %.40s…", how, s)
				return
			}
		}
	}
}

// safely returns the text of a panic as if it had been printed. Some libraries panic over values
// that they cannot encode.
func safely(f func() string) (text string) {
	defer func() {
		if v := recover(); v != nil {
			text += fmt.Sprint(v)
		}
	}()
	return f()
}

func TestNoLibraryShowsASecret(t *testing.T) {
	p, prints := newPrinted(t), 0
	for name, shapes := range p.values {
		for shape, v := range shapes {
			for how, dump := range dumpers {
				p.check(t, how+", "+name+", "+shape, safely(func() string { return dump(v) }))
			}
			p.encode(t, name+", "+shape, v)
			p.log(t, name+", "+shape, v)
			prints += len(dumpers) + len(encoders) + len(loggers)
		}
	}
	t.Logf("%d prints", prints)
}

func (p *printed) encode(t *testing.T, what string, v any) {
	t.Helper()
	for how, encode := range encoders {
		p.check(t, how+", "+what, safely(func() string {
			b, err := encode(v)
			return string(b) + fmt.Sprint(err)
		}))
	}
}

func (p *printed) log(t *testing.T, what string, v any) {
	t.Helper()
	for how, log := range loggers {
		var b bytes.Buffer
		text := safely(func() string { log(&b, v); return "" })
		p.check(t, how+", "+what, b.String(), text)
	}
}

// An encoder calls the methods of a Config, or reads exported fields alone. A logger calls them if
// it can reach them.
func TestNoEncoderShowsAConfig(t *testing.T) {
	p := newPrinted(t)
	for shape, v := range p.configs {
		p.encode(t, "Config, "+shape, v)
		if !strings.Contains(shape, "hidden") && !strings.Contains(shape, "any") &&
			shape != "deep" {
			p.log(t, "Config, "+shape, v)
		}
	}
}

// Each library shows a plain field. Otherwise the tests above could not fail.
func TestLibrariesShowWhatIsPlain(t *testing.T) {
	type plain struct{ Name string }
	for how, dump := range dumpers {
		if !strings.Contains(dump(plain{clear}), clear) {
			t.Errorf("%s shows nothing", how)
		}
	}
	for how, encode := range encoders {
		if b, err := encode(plain{clear}); err != nil || !strings.Contains(string(b), clear) {
			t.Errorf("%s shows nothing: %v", how, err)
		}
	}
	for how, log := range loggers {
		var b bytes.Buffer
		if log(&b, plain{clear}); !strings.Contains(b.String(), clear) {
			t.Errorf("%s shows nothing", how)
		}
	}
}
