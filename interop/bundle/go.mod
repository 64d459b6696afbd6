module github.com/wxgen/wxgen/interop/bundle

go 1.26.0
