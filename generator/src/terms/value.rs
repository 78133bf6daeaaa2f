//! Types as they are used: what a place for a value holds.

use std::fmt;

/// A place that holds a value of a type.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TypeRef {
    pub(crate) ty: Type,
    /// `null` may stand there instead.
    pub(crate) nullable: bool,
    /// The value must be held through a pointer, or the type around it would be infinite or huge.
    pub(crate) boxed: bool,
}

impl TypeRef {
    /// The same place, at which `null` may stand if `nullable`.
    pub(crate) fn or_null(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }
}

impl TypeRef {
    /// Calls `visit` for every definition that the type names, through lists, maps and tuples.
    pub(crate) fn definitions(&self, visit: &mut impl FnMut(TypeId)) {
        match &self.ty {
            Type::Definition(id) => visit(*id),
            Type::List(inner) | Type::Map(inner) => inner.definitions(visit),
            Type::Tuple(items) => items.iter().for_each(|item| item.definitions(visit)),
            Type::Scalar(_) | Type::Object | Type::Any => {}
        }
    }

    /// Calls `visit` for every scalar that the type holds by itself.
    pub(crate) fn scalars(&self, visit: &mut impl FnMut(Scalar)) {
        match &self.ty {
            Type::Scalar(scalar) => visit(*scalar),
            Type::List(inner) | Type::Map(inner) => inner.scalars(visit),
            Type::Tuple(items) => items.iter().for_each(|item| item.scalars(visit)),
            Type::Definition(_) | Type::Object | Type::Any => {}
        }
    }
}

impl AsRef<TypeRef> for TypeRef {
    fn as_ref(&self) -> &TypeRef {
        self
    }
}

impl From<Type> for TypeRef {
    fn from(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            boxed: false,
        }
    }
}

impl From<Scalar> for TypeRef {
    fn from(scalar: Scalar) -> Self {
        Type::Scalar(scalar).into()
    }
}

/// On one line, because it stands everywhere: `[T8?]` is a list whose items are T8 or `null`.
impl fmt::Debug for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let boxed = if self.boxed { "boxed " } else { "" };
        let nullable = if self.nullable { "?" } else { "" };
        match &self.ty {
            Type::Scalar(scalar) => write!(f, "{boxed}{scalar:?}{nullable}"),
            Type::List(item) => write!(f, "{boxed}[{item:?}]{nullable}"),
            Type::Map(value) => write!(f, "{boxed}{{{value:?}}}{nullable}"),
            Type::Tuple(items) => write!(f, "{boxed}{items:?}{nullable}"),
            Type::Definition(id) => write!(f, "{boxed}{id:?}{nullable}"),
            Type::Object => write!(f, "{boxed}Object{nullable}"),
            Type::Any => write!(f, "{boxed}Any{nullable}"),
        }
    }
}

/// A type as it is used.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Scalar(Scalar),
    List(Box<TypeRef>),
    /// An object whose properties all have the same type.
    Map(Box<TypeRef>),
    /// An array of fixed length, each element of a type of its own.
    Tuple(Vec<TypeRef>),
    Definition(TypeId),
    /// An object of which nothing is known.
    Object,
    /// Anything at all.
    Any,
}

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Scalar {
    /// `null` and nothing else.
    Null,
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Float64,
    /// A number of which no digit may be lost.
    Number,
    String,
    Uuid,
    DateTime,
    Date,
    /// Bytes in base64.
    Base64,
    /// Bytes as they are, where only a form or a body of its own can hold them.
    Binary,
}

/// What the values of an enum are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Repr {
    String,
    Integer,
}

/// The identity of a type that becomes an item of the crate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(usize);

impl TypeId {
    /// The identity of the type with this index.
    pub(crate) fn new(index: usize) -> Self {
        Self(index)
    }

    /// Where the type stands among all.
    pub(crate) fn index(self) -> usize {
        self.0
    }
}

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{}", self.0)
    }
}
